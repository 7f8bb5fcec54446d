import Domain
import JSON
import Testing

@Suite("JobRule")
struct JobRuleTests {
    @Test(
        "applies to documents of its kinds whose body is long enough",
        arguments: [
            ([], 1, "email", "text", true), (["email"], 1, "email", "text", true),
            (["file", "email"], 1, "email", "text", true), (["file"], 1, "email", "text", false),
            (["Email"], 1, "email", "text", false), ([], 4, "email", "text", true),
            ([], 5, "email", "text", false), ([], 1, "email", "", false),
            ([], 0, "email", "", true),
        ] as [(Set<String>, Int, String, String, Bool)])
    func applies(
        _ kinds: Set<String>, _ charactersMin: Int, _ kind: String, _ body: String,
        _ expected: Bool
    ) {
        #expect(rule(kinds, charactersMin).applies(to: document(kind, body)) == expected)
    }

    @Test("counts code points as the database does, not bytes and not graphemes")
    func codePoints() {
        // Four people and three joiners: 25 bytes, 7 code points, 1 grapheme.
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}"
        #expect(rule([], 7).applies(to: document("email", family)))
        #expect(!rule([], 8).applies(to: document("email", family)))
    }

    private func rule(_ kinds: Set<String>, _ charactersMin: Int) -> JobRule {
        JobRule(recipe: "r", fingerprint: [1], kinds: kinds, charactersMin: charactersMin)
    }

    private func document(_ kind: String, _ body: String) -> Document {
        Document(
            sourceID: "1", kind: kind, title: "T", author: nil, participants: [], language: nil,
            createdAt: nil, modifiedAt: nil, sourceURL: nil, body: body, contentSHA256: [],
            metadata: .object(.init()))
    }
}
