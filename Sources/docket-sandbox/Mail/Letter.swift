/// A mail as its author wrote it.
struct Letter: Sendable {
    struct Person: Sendable, Equatable {
        let name: String
        let address: String
    }

    struct Attachment: Sendable {
        enum Kind: String, Sendable {
            case file
            /// Another mail; its content is that mail as MIME.
            case item
            /// A link to a file elsewhere, without content.
            case reference
        }

        var kind = Kind.file
        /// Shown within the body; such ones do not count as attachments of the mail.
        var isInline = false
        let name: String
        let contentType: String
        let content: [UInt8]
    }

    var sentAt: Timestamp
    var subject: String
    /// Nil for a draft that nobody signed yet.
    var from: Person?
    var to: [Person]
    var cc: [Person] = []
    var isHTML: Bool
    var body: String
    /// Mails of the same thread belong to one conversation.
    var thread: String
    /// What it is beside a mail, such as `eventMessageRequest`.
    var subtype: String?
    /// `low`, `normal` or `high`.
    var importance = "normal"
    var categories: [String] = []
    var attachments: [Attachment] = []

    /// The beginning of the body as plain text.
    var preview: String {
        let text = isHTML ? PlainText.ofHTML(body) : body
        let words = text.split(whereSeparator: \.isWhitespace).prefix(Limits.previewCharacters)
            .joined(separator: " ")
        return String(words.prefix(Limits.previewCharacters))
    }
}
