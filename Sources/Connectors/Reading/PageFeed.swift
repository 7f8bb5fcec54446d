package import Domain
package import FoundationEssentials
import HTTPClient

/// Gives the pages of one stream, one cursor after the other.
package protocol PageFeed: Sendable {
    /// Whether a pass that begins here has to read everything anew.
    func startsAnew(at cursor: Cursor, now: Date) -> Bool

    /// The page at a cursor, and the cursor after it.
    ///
    /// - Parameter cursor: Where the last committed page ended.
    /// - Returns: Its records, and the cursor to store with them.
    /// - Throws: ``ConnectorError/expired(url:reason:)`` where everything must be read anew.
    func page(at cursor: Cursor) async throws(ConnectorError) -> Page
}

extension PageFeed {
    package func startsAnew(at cursor: Cursor, now: Date) -> Bool { false }
}

/// A link as it is kept: relative to an origin that may move, or absolute.
///
/// - Parameters:
///   - link: As the endpoint wrote it.
///   - url: What it was written in answer to.
/// - Returns: A path, or what has a scheme, as it was written; any other made absolute.
/// - Throws: ``ConnectorError/unexpected(url:reason:)`` for what is no link at all.
func kept(_ link: String, from url: String) throws(ConnectorError) -> String {
    if link.hasPrefix("/"), !link.hasPrefix("//") { return link }
    do {
        if try Origin(url: url).isSameOrigin(link) { return link }
    } catch {
        throw .unexpected(url: withoutQuery(url), reason: "\(error)")
    }
    guard link.firstRange(of: "://") == nil else { return link }
    do { return try Origin.resolve(link: link, against: url) } catch {
        throw .unexpected(url: withoutQuery(url), reason: "a link in it: \(error)")
    }
}
