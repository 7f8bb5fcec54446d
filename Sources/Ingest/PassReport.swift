package import Connectors
package import Store

/// What one pass over a connector did.
package struct PassReport: Sendable {
    /// A scope, or a stream of one, that could not be read.
    package struct Failure: Sendable {
        package let connector: String
        package let scope: String
        package let stream: String?
        package let kind: ConnectorError.Kind
        package let message: String
    }

    package var counts = PageCounts()
    package var pages = 0
    package var failures: [Failure] = []

    package init() {}

    package static func += (left: inout PassReport, right: PassReport) {
        left.add(right.counts)
        left.pages += right.pages
        left.failures += right.failures
    }

    mutating func add(_ page: PageCounts) {
        counts.created += page.created
        counts.updated += page.updated
        counts.unchanged += page.unchanged
        counts.deleted += page.deleted
        counts.failed += page.failed
    }
}
