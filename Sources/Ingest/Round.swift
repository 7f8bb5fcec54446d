import Connectors
import Domain

/// What a pass has seen of its round, so that one without end is noticed.
struct Round {
    /// Begun by an earlier pass: it shows the stream as it was then.
    var isOld: Bool
    /// What was read of it can be trusted no more: everything is to be read anew.
    private(set) var mustBeginAnew = false
    /// Times everything was begun anew.
    var resets = 0
    private var links: Set<String> = []
    private var emptyPages = 0
    /// It tells of changes, and not of everything.
    private let isOfChanges: Bool
    /// Containers of which nothing was known when records were judged by their paths.
    private var unknown: Set<String> = []

    init(_ cursor: Cursor) {
        isOld = if case .next = cursor { true } else { false }
        isOfChanges = cursor != .start
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
        if page.concernsAll, isOfChanges { mustBeginAnew = true }
    }

    /// Notes by which paths the records of a page were judged.
    ///
    /// Where containers have moved, or become known behind what is in them, what is below them
    /// may be wanted or not wanted any more, and only reading everything anew tells.
    mutating func note(_ paths: ContainerPaths, of page: Page) {
        if paths.isMoved || page.containers.contains(where: { unknown.contains($0.id) }) {
            mustBeginAnew = true
        }
        unknown.formUnion(paths.unknown(around: page.records.compactMap(\.containerID)))
    }
}
