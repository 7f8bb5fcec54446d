import Enrich
import Testing

@Suite("OutputCheck")
struct OutputCheckTests {
    static let english =
        "The customer asks for a new delivery date and for a refund of the broken parts."
    static let french =
        "Le client demande une nouvelle date de livraison et le remboursement des pièces."
    static let loop = String(repeating: "the customer asks for the ", count: 8)

    static let cases: [(String, String?, OutputProblem?)] = [
        (english, "en", nil), (english, nil, nil), (french, "fr", nil), (french, nil, nil),
        ("", "en", .empty), ("", nil, .empty), (" - ... !!! ", nil, .empty),
        ("--------------------", "en", .empty), (loop, "en", .repetitive),
        (loop, nil, .repetitive), (String(repeating: "no ", count: 20), nil, .repetitive),
        ("THE cat sat on. The CAT sat on! the cat, sat: on; the cat sat on.", nil, .repetitive),
        (english, "fr", .language), (french, "en", .language), ("Yes, it is.", "de", nil),
        ("Please pay 1 and 2 and 3 and 4 by Friday.", "en", nil), ("OK", "en", nil),
    ]

    @Test("finds what is empty, what goes round in circles, and another language", arguments: cases)
    func problem(_ text: String, _ language: String?, _ problem: OutputProblem?) {
        #expect(OutputCheck.problem(in: text, documentLanguage: language) == problem)
    }

    static let texts: [(String, String)] = [
        ("  a b \n", "a b"), ("a\u{0}b\u{1B}[2Jc\u{7F}d\u{9B}e", "ab[2Jcde"),
        ("line\n\tnext", "line\n\tnext"), ("a\r\nb", "a\nb"), (" \n\t ", ""), ("", ""),
        ("é\u{1F468}\u{200D}\u{1F469}", "é\u{1F468}\u{200D}\u{1F469}"), ("\u{E000}x", "x"),
    ]

    @Test(
        "cleaning takes control characters and outer white space, and nothing else",
        arguments: texts)
    func cleaning(_ text: String, _ clean: String) {
        #expect(OutputCheck.cleaned(text) == clean)
    }
}
