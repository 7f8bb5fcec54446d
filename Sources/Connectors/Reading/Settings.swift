import Domain
import FoundationEssentials
package import JSON

/// What an administrator configured for one connector, references resolved.
package struct Settings: Sendable {
    /// The connector's name, unique in the configuration.
    package let name: String
    /// Absolute, without a slash at the end; nil where a token answer says it.
    package let baseURL: String?
    /// Instead of the definition's.
    package let tokenURL: String?
    /// Texts of `connection`, secrets included.
    package let connection: [String: String]
    /// `scope` as it is written: texts, lists, sections.
    package let scope: JSON
    /// Nil: the definition's.
    package let requestsPerSecond: Double?
    package let concurrency: Int?
    /// Larger contents are not fetched.
    package let contentBytesMax: Int
    /// Share of a quota, 0 to 1, that is docket's.
    package let budgetShare: Double
    /// Where contents lie between arrival and extraction.
    package let spoolDirectory: String

    package init(
        name: String, baseURL: String?, tokenURL: String?, connection: [String: String],
        scope: JSON, requestsPerSecond: Double? = nil, concurrency: Int? = nil,
        contentBytesMax: Int = 50_000_000, budgetShare: Double = 0.8,
        spoolDirectory: String = "/tmp"
    ) {
        self.name = name
        self.baseURL = baseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        (self.tokenURL, self.connection, self.scope) = (tokenURL, connection, scope)
        (self.requestsPerSecond, self.concurrency) = (requestsPerSecond, concurrency)
        (self.contentBytesMax, self.budgetShare) = (contentBytesMax, budgetShare)
        self.spoolDirectory = spoolDirectory
    }

    /// The texts of a list in the scope; empty where it is not given.
    func texts(_ name: String) -> [String] {
        scope[name]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    func date(_ name: String) -> Date? {
        scope[name]?.stringValue.flatMap { Timestamp($0)?.date }
    }

    func flag(_ name: String) -> Bool { scope[name]?.boolValue ?? false }

    /// Texts, numbers and truth values of the scope, for templates.
    var scopeTexts: [String: String] {
        var texts: [String: String] = [:]
        for member in scope.objectMembers?.pairs ?? [] {
            texts[member.name] = member.value.scalarText
        }
        return texts
    }
}
