import Enrich
import Testing

@Suite("LabelReading")
struct LabelReadingTests {
    static let labels = [
        "complaint", "order", "order change", "invoice", "other", "R&D", "Über uns",
    ]

    static let answers: [(String, LabelReading.Match)] = [
        ("complaint", .whole(0)), (" Complaint.\n", .whole(0)), ("**COMPLAINT**", .whole(0)),
        ("\"order\"", .whole(1)), ("order change", .whole(2)), ("Order-change", .whole(2)),
        ("r&d", .whole(5)), ("R & D", .whole(5)), ("über uns", .whole(6)),
        ("The class is: invoice.", .within(3)), ("Class: order change, I think", .within(2)),
        ("It is an order. An order!", .within(1)), ("order, or order change", .none),
        ("complaint or invoice", .none), ("", .none), ("   ", .none), ("reorder", .none),
        ("complaints", .none), ("I cannot say", .none), ("\u{0}", .none),
    ]

    @Test("an answer that names one label means it, whatever stands around it", arguments: answers)
    func match(_ answer: String, _ match: LabelReading.Match) {
        #expect(LabelReading(Self.labels).match(answer) == match)
    }

    @Test("labels without a letter are compared as they are")
    func marks() {
        let reading = LabelReading(["+", "-"])
        #expect(reading.match(" + ") == .whole(0))
        #expect(reading.match("+-") == .none)
        #expect(reading.match("x") == .none)
    }

    private func place(
        _ chosen: (String, Double), _ others: (String, Double)...
    ) -> TokenAlternatives {
        TokenAlternatives(
            chosen: .init(chosen.0, chosen.1), others: others.map { .init($0.0, $0.1) })
    }

    private func expect(
        _ shares: (values: [Double], mass: Double)?, _ expected: [Double], mass: Double = 1,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let shares = try #require(shares, sourceLocation: sourceLocation)
        for (share, value) in zip(shares.values, expected) {
            #expect(abs(share - value) < 1e-9, "\(shares)", sourceLocation: sourceLocation)
        }
        #expect(shares.values.count == expected.count, sourceLocation: sourceLocation)
        #expect(abs(shares.mass - mass) < 1e-9, sourceLocation: sourceLocation)
    }

    @Test("the first token's alternatives are the labels they begin, in any case")
    func firstToken() throws {
        let reading = LabelReading(["complaint", "order", "invoice"])
        let first = place(
            ("compl", 0.6), (" Compl", 0.1), ("inv", 0.2), ("The", 0.1), ("ord", 0.0))
        try expect(
            reading.shares([first, place(("aint", 1))]), [0.7 / 0.9, 0, 0.2 / 0.9], mass: 0.9)
    }

    @Test("where labels begin alike, the token that was taken is followed, and others shared out")
    func path() throws {
        let reading = LabelReading(["order", "offer", "invoice"])
        let places = [
            place(("o", 0.8), ("in", 0.2)), place(("ff", 0.75), ("r", 0.25)), place(("er", 1)),
        ]
        try expect(reading.shares(places), [0.8 * 0.25, 0.8 * 0.75, 0.2])
        let alike = LabelReading(["order", "ordeal", "invoice"])
        try expect(
            alike.shares([place(("order", 0.7), ("ord", 0.2), ("in", 0.1))]), [0.8, 0.1, 0.1])
    }

    @Test("a single letter may begin any word, unless it is a label")
    func letters() throws {
        let first = place(("I", 0.6), ("B", 0.2), ("inv", 0.1), ("b", 0.1))
        try expect(
            LabelReading(["invoice", "B"]).shares([first, place((" cannot", 1))]),
            [0.1 / 0.4, 0.3 / 0.4], mass: 0.4)
        try expect(
            LabelReading(["invoice", "other"]).shares([first, place(("nv", 1))]),
            [1, 0], mass: 0.7)
    }

    @Test("a label that another begins with ends where the answer ends, or with a mark")
    func ending() throws {
        let reading = LabelReading(["order", "order change"])
        let first = place(("order", 1))
        try expect(reading.shares([first]), [1, 0])
        try expect(reading.shares([first, place((".", 0.9), (" change", 0.1))]), [0.9, 0.1])
        try expect(reading.shares([first, place((" change", 0.6), ("\n", 0.4))]), [0.4, 0.6])
    }

    @Test("white space and quotation marks before the label decide nothing")
    func beginning() throws {
        let reading = LabelReading(["order", "invoice"])
        try expect(
            reading.shares([
                place((" \"", 0.9), ("order", 0.1)), place(("invoice", 0.5), ("order", 0.5)),
            ]), [0.55, 0.45])
    }

    @Test("probabilities of something else are none of the labels'")
    func foreign() throws {
        let reading = LabelReading(["order", "invoice"])
        #expect(reading.shares([]) == nil)
        #expect(reading.shares([place(("The", 0.9), ("order", 0.005))]) == nil)
        try expect(
            reading.shares([place(("The", 0.9), ("order", 0.075), ("inv", 0.025))]),
            [0.75, 0.25], mass: 0.1)
    }
}
