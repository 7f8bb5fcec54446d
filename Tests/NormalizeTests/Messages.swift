import Domain
import JSON
import Testing

/// A mail as an endpoint with JSON has it, and its mapping.
enum Messages {
    static func mapping(metadata: [String: String] = [:]) throws -> Mapping {
        func paths(_ texts: String...) -> [Path] { texts.compactMap(Path.init) }
        let content = try #require(Path("body/content"))
        return Mapping(
            kind: "email", title: paths("subject", "name"),
            author: paths("from/address", "sender/address"),
            participants: paths("from/address", "to[]/address", "cc[]/address"),
            createdAt: paths("sentAt", "createdAt"), modifiedAt: paths("modifiedAt"),
            sourceURL: paths("link"),
            body: Mapping.Body(content: content, form: Path("body/form")),
            metadata: metadata.compactMapValues(Path.init),
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
