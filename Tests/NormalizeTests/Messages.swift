import Domain
import JSON

/// A mail as an endpoint with JSON has it, and its mapping.
enum Messages {
    static func mapping(
        metadata: [String: String] = [:], listsMembers: Bool = false
    ) -> Mapping {
        func paths(_ texts: String...) -> [Path] { texts.compactMap(Path.init) }
        func picks(_ texts: String...) -> [Pick] { texts.compactMap(Path.init).map(Pick.path) }
        return Mapping(
            kind: "email", title: picks("subject", "name"),
            author: picks("from/address", "sender/address"),
            participants: picks("from/address", "to[]/address", "cc[]/address"),
            createdAt: picks("sentAt", "createdAt"), modifiedAt: picks("modifiedAt"),
            sourceURL: picks("link"),
            body: Mapping.Body(
                content: picks("body/content"), form: Path("body/form"), html: picks("html"),
                listsMembers: listsMembers),
            metadata: metadata.compactMapValues { Path($0).map(Pick.path) },
            required: paths("subject", "from/address", "body"))
    }

    static let whole: JSON = [
        "subject": "Order 4711\r\n shipped\u{0}", "sentAt": "2026-01-15T08:00:02Z",
        "from": ["address": "ann@example.com", "name": "Ann"],
        "to": [["address": "Bob@example.com"], ["address": nil], ["name": "nobody"]],
        "cc": [["address": "ANN@example.com"], ["address": "cy@example.com"]],
        "body": [
            "form": "HTML",
            "content": "<p>The order was <b>shipped</b> on Monday.</p><p>It arrives soon.\u{0}</p>",
        ],
    ]

    static func record(_ changes: JSON = [:]) -> Record {
        Record(sourceID: "AAMk=", change: .changed, payload: whole.merging(changes))
    }
}
