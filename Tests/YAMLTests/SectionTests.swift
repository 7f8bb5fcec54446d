import Testing
import YAML

struct SectionTests {
    @Test func decodesEveryFieldThroughTheTable() throws {
        let (mail, diagnostics) = decode(
            """
            name: sales
            folders: [Inbox, "010"]
            poll: 5m
            quota: {size: 50MB, share: 20%}
            """)
        #expect(diagnostics.isEmpty)
        let value = try #require(mail)
        #expect(value.name == "sales")
        #expect(value.folders == ["Inbox", "010"])
        #expect(value.poll == .seconds(300))
        #expect(value.quota.size == 50_000_000)
        #expect(value.quota.share == 0.2)
        #expect(value.proxy == nil)
    }

    @Test func fillsDefaultsFromTheirYAML() throws {
        let value = try #require(decode("name: sales").0)
        #expect(value.folders == ["inbox"])
        #expect(value.poll == .seconds(30))
        #expect(value.quota.size == 1000)
    }

    @Test func collectsAllProblemsOfAFile() {
        let (value, diagnostics) = decode(
            """
            foldrs: [Inbox]
            poll: 5x
            quota: {sise: 1kB, size: 9XB}
            proxy: 5
            """)
        #expect(value == nil)
        #expect(
            diagnostics.map(\.message) == [
                "unknown key `foldrs`; did you mean `folders`?",
                "required key `name` is missing",
                "`x` is no unit; use one of `ms`, `s`, `m`, `h`, `d`",
                "unknown key `sise`; did you mean `size`?",
                "`XB` is no unit; use one of `B`, `KiB`, `MiB`, `GiB`, `kB`, `MB`, `GB`",
                "expected a URL, found an integer `5`",
            ])
    }

    @Test func showsTheLineWithACaretAndWhereToReadOn() {
        let diagnostic = decode("name: a\nquota:\n    foldrs: [Inbox, Archive]\n").1[0]
        #expect(
            diagnostic.rendered() == """
                mail.yaml:3:5: error: unknown key `foldrs`; known are `size`, `share`
                    3 |     foldrs: [Inbox, Archive]
                      |     ^^^^^^
                 = help: docket explain quota
                """)
    }

    @Test func reportsConditionsOverSeveralFieldsEvenWhenOthersAreWrong() {
        let messages = decode("name: archive\nfolders: []\npoll: 1\n").1.map(\.message)
        #expect(
            messages == [
                "an archive needs a folder",
                "expected a duration such as `30s` or `5m`, found an integer `1`",
            ])
    }

    private func decode(_ text: String) -> (Mail?, [Diagnostic]) {
        var reader = Reader(
            Source(path: "mail.yaml", text: text), explainCommand: "docket explain")
        let value = Node.parse(&reader).flatMap { Mail.section.decode($0, &reader) }
        return (value, reader.sorted)
    }
}

private struct Mail: Sendable {
    let name: String
    let folders: [String]
    let poll: Duration
    let quota: Quota
    let proxy: String?

    static let nameField = Field("name", .text, "What it is called.")
    static let foldersField = Field(
        "folders", .list(of: .text), default: "[inbox]", "Folders to read.")
    static let pollField = Field(
        "poll", .duration(.seconds(1)...(.seconds(3600))), default: "30s", "How often.")
    static let quotaField = Field("quota", .section(Quota.section), default: "{}", "How much.")
    static let proxyField = Field(optional: "proxy", .url(), "Through what.")

    static let section = Section(
        [nameField, foldersField, pollField, quotaField, proxyField],
        checks: [
            { values, reader in
                guard values.find(nameField) == "archive", values.find(foldersField) == []
                else { return }
                reader.error(at: values.location(of: foldersField), "an archive needs a folder")
            }
        ]
    ) { values, _ in
        Mail(
            name: values[nameField], folders: values[foldersField], poll: values[pollField],
            quota: values[quotaField], proxy: values[proxyField])
    }
}

private struct Quota: Sendable {
    let size: Int
    let share: Double

    static let size = Field("size", .byteSize(0...1_000_000_000), default: "1kB", "At most.")
    static let share = Field("share", .percentage, default: "50%", "Of the whole.")
    static let section = Section([size, share]) { values, _ in
        Quota(size: values[size], share: values[share])
    }
}
