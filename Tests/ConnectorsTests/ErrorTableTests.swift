import Connectors
import Domain
import JSON
import Testing
import YAML

@Suite("ErrorTable")
struct ErrorTableTests {
    static let text = """
        codes: [error/code, error/inner/code]
        message: error/message
        rules:
          - {status: [400], code: [Expired], action: reset}
          - {status: [400], action: skip}
          - {code: [EXPIRED, Gone], action: renew}
          - {status: [429, 500], action: forbid}
        """

    private func table() throws -> ErrorTable {
        var reader = Reader(Source(path: "t.yaml", text: Self.text))
        let node = try #require(Node.parse(&reader))
        return try #require(ErrorTable.section.decode(node, &reader))
    }

    static let cases: [(Int, JSON?, ErrorTable.Action)] = [
        (400, ["error": ["code": "expired"]], .reset), (400, ["error": ["code": "other"]], .skip),
        (400, nil, .skip), (410, ["error": ["code": "Expired"]], .renew),
        (404, ["error": ["code": "x", "inner": ["code": "GONE"]]], .renew),
        (404, ["error": ["inner": ["code": "gone"]]], .renew), (404, ["code": "gone"], .fail),
        (429, nil, .forbid), (500, ["error": ["code": "x"]], .forbid), (501, nil, .retry),
        (599, [1], .retry), (404, nil, .fail), (302, nil, .fail),
        (404, ["error": ["code": 7]], .fail), (404, ["error": ["code": ["gone"]]], .fail),
    ]

    @Test("the first rule that fits decides; without one, 5xx is tried again", arguments: cases)
    func action(_ status: Int, _ body: JSON?, _ action: ErrorTable.Action) throws {
        #expect(try table().action(status: status, body: body) == action)
    }

    static let reasons: [(JSON?, String)] = [
        (["error": ["code": "A", "message": "B"]], "A: B"), (["error": ["message": "B"]], "B"),
        (["error": ["inner": ["code": "C"]]], "C"), (["error": ["code": "", "message": "B"]], "B"),
        (nil, "status 418 without an explanation"),
        (["error": ["message": "two\nlines\u{1B}[2J"]], "two lines [2J"),
    ]

    @Test("a reason is one line of what the body says, and never empty", arguments: reasons)
    func reason(_ body: JSON?, _ expected: String) throws {
        #expect(try table().reason(status: 418, body: body) == expected)
    }

    @Test("a long explanation is cut")
    func long() throws {
        let body: JSON = ["error": ["message": .string(String(repeating: "x", count: 100_000))]]
        #expect(try table().reason(status: 418, body: body).count == 300)
    }
}
