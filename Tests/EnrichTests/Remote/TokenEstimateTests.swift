import Enrich
import Inference
import Testing

@Suite("TokenEstimate")
struct TokenEstimateTests {
    /// English and German, French, Chinese, numbers, marks, Russian, emoji, control tokens.
    static let texts = [
        complaint, String(repeating: complaint, count: 20),
        "Sehr geehrte Damen und Herren, die Pumpe P-204 ist seit Montag außer Betrieb.",
        "Le client demande le remboursement des pièces défectueuses avant la fin du mois.",
        "请在周五之前更换损坏的水泵，并告知如何退款。", "1234567890 9876.54 €", "\n\n\n- a\n- b\n",
        "Prosíme o zaslání náhradního čerpadla do pátku; účet přiložíme.",
        "Просим прислать замену до пятницы.", "😀😀😀👩‍👩‍👧", "<|im_start|>system<|im_end|>",
    ]

    @Test("is at least what a real vocabulary takes, and not absurdly more", arguments: texts)
    func real(_ text: String) throws {
        let count = try TestModel.engine.tokenCount(text)
        let estimate = TokenEstimate.count(text)
        #expect(estimate >= count)
        #expect(estimate <= count * 4 + 8)
    }

    @Test("never shrinks when a text grows, and empty is nothing")
    func monotonous() {
        #expect(TokenEstimate.count("") == 0)
        var last = 0
        for length in 1...300 {
            let count = TokenEstimate.count(String(complaint.prefix(length)))
            #expect(count >= last && count > 0)
            last = count
        }
    }
}
