package import Domain
import Foundation

/// Messages of a conversation as one document, for the recipes that read conversations.
package enum Conversation {
    /// - Parameter messages: Oldest first.
    /// - Returns: The latest message's values with the whole conversation as body: each message
    ///   behind its author and day, without the earlier ones it quotes; nil without messages.
    package static func document(_ messages: [Document]) -> Document? {
        guard let latest = messages.last, let first = messages.first else { return nil }
        return Document(
            sourceID: latest.sourceID, kind: latest.kind, title: first.title,
            author: latest.author, participants: latest.participants, language: latest.language,
            createdAt: latest.createdAt, modifiedAt: latest.modifiedAt,
            sourceURL: latest.sourceURL,
            body: messages.map(text).joined(separator: "\n\n"),
            contentSHA256: latest.contentSHA256, parentSourceID: latest.parentSourceID,
            metadata: latest.metadata, acl: latest.acl)
    }

    private static func text(_ message: Document) -> String {
        let day = (message.createdAt ?? message.modifiedAt)?
            .formatted(.iso8601.year().month().day())
        let heading = [message.author, day].compactMap(\.self).joined(separator: ", ")
        let lines = message.body.split(omittingEmptySubsequences: false) { $0.isNewline }
        let own = lines.filter { !$0.hasPrefix(">") }.joined(separator: "\n")
        return (heading.isEmpty ? "" : "## \(heading)\n\n") + own
    }
}
