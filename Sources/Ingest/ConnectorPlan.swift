package import Connectors
package import Domain

/// What to read for one configured connector, and which jobs its documents get.
package struct ConnectorPlan: Sendable {
    package let name: String
    package let reader: ConnectorReader
    package let rules: [JobRule]
    /// Time between the end of one pass and the start of the next.
    package let interval: Duration
    /// Scopes read side by side.
    package let concurrency: Int

    package init(
        name: String, reader: ConnectorReader, rules: [JobRule], interval: Duration,
        concurrency: Int
    ) {
        (self.name, self.reader, self.rules) = (name, reader, rules)
        (self.interval, self.concurrency) = (interval, concurrency)
    }
}
