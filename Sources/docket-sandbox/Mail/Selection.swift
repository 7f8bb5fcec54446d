/// Which properties of a message are asked for.
struct Selection: Sendable, Equatable {
    /// Nil: all that are given by default.
    let names: [String]?

    static let standard = Selection(names: nil)

    private init(names: [String]?) { self.names = names }

    /// - Parameter text: The value of `$select`.
    /// - Throws: ``GraphError`` 400 for a property that a message does not have.
    init(_ text: String?) throws(GraphError) {
        guard let text, !text.isEmpty, text != "*" else {
            self = .standard
            return
        }
        var names: [String] = []
        for part in text.split(separator: ",") {
            let wanted = part.filter { !$0.isWhitespace }.lowercased()
            guard
                let name = (Self.standardNames + Self.extraNames).first(where: {
                    $0.lowercased() == wanted
                })
            else {
                throw .badRequest(
                    "Parsing OData Select and Expand failed: Could not find a property named "
                        + "'\(part)' on type 'microsoft.graph.message'.")
            }
            names.append(name)
        }
        self.names = names
    }

    func contains(_ name: String) -> Bool {
        guard let names else { return !Self.extraNames.contains(name) }
        return name == "id" || names.contains(name)
    }

    /// The value of `$select` that gives this selection; empty for the default.
    var text: String { names?.joined(separator: ",") ?? "" }

    /// In the order they are written.
    static let standardNames = [
        "id", "createdDateTime", "lastModifiedDateTime", "changeKey", "categories",
        "receivedDateTime", "sentDateTime", "hasAttachments", "internetMessageId", "subject",
        "bodyPreview", "importance", "parentFolderId", "conversationId", "conversationIndex",
        "isDeliveryReceiptRequested", "isReadReceiptRequested", "isRead", "isDraft", "webLink",
        "inferenceClassification", "body", "sender", "from", "toRecipients", "ccRecipients",
        "bccRecipients", "replyTo", "flag",
    ]
    /// Given only where they are named.
    static let extraNames = ["internetMessageHeaders", "uniqueBody"]
}
