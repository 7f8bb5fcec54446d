import Domain
import FoundationEssentials
import JSON

/// Where a stream of an OData service stands.
struct ODataPosition: Sendable, Equatable {
    /// The round's next page, or at its end the link to later changes.
    var link: String?
    /// This round asks for changes by a link.
    var isDelta = false
    /// The service does not track changes, and was asked.
    var isUntracked = false
    /// The service answers with everything at once, and that is too much: asked for by key.
    var isByKey = false
    /// The key of the last record, property by property, as its payload has it.
    var after: JSON?
    /// The time of the latest change that is filed, and where this round began.
    var high: Date?
    var from: Date?
    /// When everything was last begun to be read.
    var epochAt: Date?

    init() {}

    /// - Parameter text: What ``text`` wrote; a strange one is the beginning.
    init(_ text: String) {
        guard let json = try? JSON.parse(text) else { return }
        link = json["link"]?.stringValue
        isDelta = json["is_delta"]?.boolValue ?? false
        isUntracked = json["is_untracked"]?.boolValue ?? false
        isByKey = json["is_by_key"]?.boolValue ?? false
        after = json["after"]
        high = json["high"]?.stringValue.flatMap { Timestamp($0)?.date }
        from = json["from"]?.stringValue.flatMap { Timestamp($0)?.date }
        epochAt = json["epoch_at"]?.stringValue.flatMap { Timestamp($0)?.date }
    }

    var text: String {
        var members = JSON.Members()
        if let link { members["link"] = .string(link) }
        for (name, flag) in [
            ("is_delta", isDelta), ("is_untracked", isUntracked), ("is_by_key", isByKey),
        ] where flag { members[name] = true }
        if let after { members["after"] = after }
        for (name, date) in [("high", high), ("from", from), ("epoch_at", epochAt)] {
            if let date { members[name] = .string(instantText(date)) }
        }
        return JSON.object(members).serialized()
    }
}
