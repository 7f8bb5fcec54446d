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
        (String(repeating: "All pumps of another kind work. ", count: 3) + "So do", "en", nil),
    ]

    @Test("finds what is empty, what goes round in circles, and another language", arguments: cases)
    func problem(_ text: String, _ language: String?, _ problem: OutputProblem?) {
        let source = String(repeating: "Some text of the document. ", count: 20)
        #expect(
            OutputCheck.problem(in: text, of: mail(source, language: language), source) == problem)
    }

    static let source = """
        Invoice 2024-0815 over 1,250.50 EUR (1 250,50), due on 3 March 2024, room 007. Bill
        no. 4711 is at https://pay.example.com/i?id=4711. Call +49 30 123456.
        """
    static let facts: [(String, OutputProblem?)] = [
        ("The invoice over 1,250.50 EUR is due in 2024.", nil),
        ("Die Rechnung über 1.250,50 EUR ist 2024 fällig.", nil),
        ("The invoice over 1250.50 EUR has 2 lines.", nil), ("It is about room 7 and 007.", nil),
        ("The invoice over 1,520.50 EUR is due.", .figures), ("It is due in 2025.", .figures),
        ("It was 12 days late.", .figures), ("Pay at https://pay.example.com/i?id=4711.", nil),
        ("Pay (https://pay.example.com/i?id=4711)!", nil), ("See P-204.", nil),
        ("Pay at https://evil.example.com/pay now.", .link), ("Go to www.example.org.", .link),
        ("![a](https://evil.example.com/x?q=secret)", .link),
    ]

    @Test("figures and addresses must be those of the document or its title", arguments: facts)
    func truth(_ text: String, _ problem: OutputProblem?) {
        let document = mail(Self.source, title: "Pump P-204", language: nil)
        #expect(OutputCheck.problem(in: text, of: document, Self.source) == problem)
    }

    @Test("a text is not longer than what it is about, unless that is very short")
    func length() {
        let source = String(repeating: "One thing after another happened here. ", count: 10)
        let document = mail(source, language: nil)
        func problem(_ text: String) -> OutputProblem? {
            OutputCheck.problem(in: text, of: document, source)
        }
        let long = (0..<30).map { "Word\(String(UnicodeScalar(UInt8(97 + $0 % 26)))) nothing else" }
            .joined(separator: ". ")
        #expect(long.count > source.count && problem(long) == .long)
        #expect(problem(String(long.prefix(100))) == nil)
        #expect(OutputCheck.problem(in: "A longer text than that is.", of: mail("Hi"), "Hi") == nil)
    }

    static let texts: [(String, String)] = [
        ("  a b \n", "a b"), ("a\u{0}b\u{1B}[2Jc\u{7F}d\u{9B}e", "ab[2Jcde"),
        ("line\n\tnext", "line\n\tnext"), ("a\r\nb", "a\nb"), (" \n\t ", ""), ("", ""),
        ("a\u{202E}b\u{2066}c\u{FEFF}d\u{200B}e\u{AD}f", "abcdef"),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("é\u{1F468}\u{200D}\u{1F469}", "é\u{1F468}\u{200D}\u{1F469}"), ("\u{E000}x", "x"),
    ]

    @Test(
        "cleaning takes control characters and outer white space, and nothing else",
        arguments: texts)
    func cleaning(_ text: String, _ clean: String) {
        #expect(OutputCheck.cleaned(text) == clean)
    }
}
