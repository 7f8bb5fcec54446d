package import FoundationEssentials

/// What an administrator configured for one connector, references resolved.
package struct Settings: Sendable {
    /// The connector's name, unique in the configuration.
    package let name: String
    /// Absolute, without a slash at the end.
    package let baseURL: String
    /// Instead of the definition's.
    package let tokenURL: String?
    /// Texts of `connection`, secrets included.
    package let connection: [String: String]
    /// Lists of `scope`.
    package let lists: [String: [String]]
    /// Dates of `scope`.
    package let dates: [String: Date]
    package let requestsPerSecond: Double

    package init(
        name: String, baseURL: String, tokenURL: String?, connection: [String: String],
        lists: [String: [String]], dates: [String: Date], requestsPerSecond: Double
    ) {
        self.name = name
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        (self.tokenURL, self.connection) = (tokenURL, connection)
        (self.lists, self.dates, self.requestsPerSecond) = (lists, dates, requestsPerSecond)
    }
}
