/// What a path below `/v1.0` asks for; the first value is the mailbox.
enum MailRoute: Sendable, Equatable {
    case folders(String)
    case folder(String, String)
    case childFolders(String, String)
    case foldersFeed(String)
    case folderMessages(String, String)
    case messagesFeed(String, String)
    case message(String, String)
    case mime(String, String)
    case attachments(String, String)
    case attachment(String, String, String)
    case attachmentContent(String, String, String)
    case translateIDs(String)

    /// - Parameter segments: Those behind `v1.0`; the fixed ones in any case.
    init?(_ segments: [String]) {
        guard segments.count >= 3, segments[0].lowercased() == "users" else { return nil }
        let user = segments[1]
        var rest = Array(segments[2...])
        // Messages may be named with or without their folder.
        if rest.count >= 4, rest[0].lowercased() == "mailfolders",
            rest[2].lowercased() == "messages", rest[3].lowercased() != "delta"
        {
            rest.removeFirst(2)
        }
        let names = rest.map { $0.lowercased() }
        switch (names[0], rest.count) {
        case ("mailfolders", 1): self = .folders(user)
        case ("mailfolders", 2) where names[1] == "delta": self = .foldersFeed(user)
        case ("mailfolders", 2): self = .folder(user, rest[1])
        case ("mailfolders", 3) where names[2] == "childfolders":
            self = .childFolders(user, rest[1])
        case ("mailfolders", 3) where names[2] == "messages":
            self = .folderMessages(user, rest[1])
        case ("mailfolders", 4) where names[2] == "messages": self = .messagesFeed(user, rest[1])
        case ("messages", 2): self = .message(user, rest[1])
        case ("messages", 3) where names[2] == "$value": self = .mime(user, rest[1])
        case ("messages", 3) where names[2] == "attachments": self = .attachments(user, rest[1])
        case ("messages", 4) where names[2] == "attachments":
            self = .attachment(user, rest[1], rest[3])
        case ("messages", 5) where names[2] == "attachments" && names[4] == "$value":
            self = .attachmentContent(user, rest[1], rest[3])
        case ("translateexchangeids", 1): self = .translateIDs(user)
        default: return nil
        }
    }

    var user: String {
        switch self {
        case .folders(let user), .foldersFeed(let user), .translateIDs(let user): user
        case .folder(let user, _), .childFolders(let user, _), .folderMessages(let user, _): user
        case .messagesFeed(let user, _), .message(let user, _), .mime(let user, _): user
        case .attachments(let user, _): user
        case .attachment(let user, _, _), .attachmentContent(let user, _, _): user
        }
    }

    /// Whether it stands within a feed of messages, and so can lose its position.
    func isPosition(query: String?) -> Bool {
        guard case .messagesFeed = self else { return false }
        return query?.hasPrefix("$skiptoken=") == true || query?.hasPrefix("$deltatoken=") == true
    }

    /// What the request counters call it; feeds are told apart by where the client stands.
    func kind(query: String?) -> String {
        switch self {
        case .folders: "mailFolders"
        case .folder: "mailFolder"
        case .childFolders: "childFolders"
        case .foldersFeed: "mailFolders-delta"
        case .folderMessages: "messages"
        case .messagesFeed:
            switch query {
            case let query? where query.hasPrefix("$skiptoken="): "messages-delta-next"
            case let query? where query.hasPrefix("$deltatoken="): "messages-delta-changes"
            default: "messages-delta-initial"
            }
        case .message: "message"
        case .mime: "message-value"
        case .attachments: "attachments"
        case .attachment: "attachment"
        case .attachmentContent: "attachment-value"
        case .translateIDs: "translateExchangeIds"
        }
    }
}
