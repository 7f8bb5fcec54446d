import Connectors
import Domain

/// What a pass has seen of its round, so that one without end is noticed.
struct Round {
    /// Begun by an earlier pass: it shows the stream as it was then.
    var isOld: Bool
    /// Containers moved; see ``ContainerPaths/isMoved``.
    var hasMoved = false
    /// Times everything was begun anew.
    var resets = 0
    private var links: Set<String> = []
    private var emptyPages = 0

    init(_ cursor: Cursor) {
        isOld = if case .next = cursor { true } else { false }
    }

    /// - Throws: ``ConnectorError/endless(url:)`` for a link that was followed before.
    mutating func begin(_ cursor: Cursor, _ stream: Domain.Stream) throws(ConnectorError) {
        if case .next(let link) = cursor, !links.insert(link).inserted {
            throw .endless(url: stream.name)
        }
    }

    /// - Throws: ``ConnectorError/endless(url:)`` after too many pages with nothing on them.
    mutating func note(_ page: Page, _ stream: Domain.Stream) throws(ConnectorError) {
        emptyPages = page.records.isEmpty && page.containers.isEmpty ? emptyPages + 1 : 0
        guard emptyPages <= Limits.emptyPagesMax else { throw .endless(url: stream.name) }
    }
}
