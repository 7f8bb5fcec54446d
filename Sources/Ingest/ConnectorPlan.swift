package import Connectors
package import Domain

/// What to read for one configured connector, and which jobs its documents get.
package struct ConnectorPlan: Sendable {
    package let name: String
    package let reader: ConnectorReader
    package let rules: [JobRule]
    /// Time from the start of one pass to the start of the next.
    package let interval: Duration
    /// Share of a scope's documents, 0 to 1, above which deletions wait for approval.
    package let holdAbove: Double

    package init(
        name: String, reader: ConnectorReader, rules: [JobRule], interval: Duration,
        holdAbove: Double
    ) {
        (self.name, self.reader, self.rules) = (name, reader, rules)
        (self.interval, self.holdAbove) = (interval, holdAbove)
    }
}
