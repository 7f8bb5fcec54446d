/// A connector's description: how to sign in, what to ask, and what the answers mean.
///
/// The values of one file in `Connectors/`, whose README documents every key.
package struct Definition: Sendable {
    package let name: String
    package let description: String
    /// Where requests go unless the connector's `connection.base_url` says otherwise.
    package let baseURL: String?
    /// What an administrator fills in, beside the keys every connector has.
    package let connection: [Parameter]
    package let scope: [Parameter]
    package let authentication: Authentication
    /// Sent with every request, continuation links included.
    let headers: [Header]
    let scopes: ScopeList
    /// How the collections of a scope are found; nil where a scope is one.
    let streams: StreamList?
    let records: RecordFeed
    let content: ContentSource?
    let children: [ChildList]
    let access: AccessList?
    package let errors: ErrorTable
    package let pace: Pace
    let mapping: MappingTemplate
    /// What the file says of the records of a stream and of what becomes of them, however it is
    /// written.
    let contentText: String
}

extension Definition {
    /// Whether a scope may have several collections, which its endpoint lists.
    package var hasStreams: Bool { streams != nil }
}

/// One value an administrator gives in a connector's `connection` or `scope`.
package struct Parameter: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case text, list, date, boolean, secret, integer, duration, path
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    package let description: String
    /// Written as YAML; what holds where a connector gives none.
    package let fallback: String?
    /// The members of a list's elements; nil where an element is a text.
    ///
    /// An element may also be written as a text, which is its `name` then.
    package let items: [Parameter]?
}

/// A request header whose value may name connection values in braces.
struct Header: Sendable, Equatable {
    let name: String
    /// Joined by a comma; one that names an absent value is left out.
    let values: [Template]
}

/// How hard an endpoint of the kind may be asked, unless a connector says otherwise.
package struct Pace: Sendable, Equatable {
    /// Where an answer says how much of a quota is used.
    struct Budget: Sendable, Equatable {
        let header: String
        /// What stands before `used/limit` in the header, such as `api-usage=`.
        let prefix: String
    }

    package let requestsPerSecond: Double
    /// Requests at a time, in all and within one scope.
    package let concurrency: Int
    package let concurrencyPerScope: Int
    /// How long an endpoint may say nothing before a request is given up.
    package let patience: Duration
    let budget: Budget?
}
