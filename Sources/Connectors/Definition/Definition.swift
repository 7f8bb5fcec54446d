package import Domain

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
    let authentication: Authentication
    /// Sent with every request, continuation links included.
    let headers: [Header]
    let scopes: ScopeList
    let streams: StreamList
    let records: RecordFeed
    package let errors: ErrorTable
    package let mapping: Mapping
}

/// One value an administrator gives in a connector's `connection` or `scope`.
package struct Parameter: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case text, list, date, boolean, secret
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    /// Accepted, but nothing reads it yet: `docket check` warns where it is set.
    package let isReserved: Bool
    package let description: String
}

/// A request header whose value may name connection values in braces.
struct Header: Sendable, Equatable {
    let name: String
    let value: Template
}

/// How requests prove who asks.
enum Authentication: Sendable, Equatable {
    /// OAuth 2.0 client credentials with a secret (RFC 6749 §4.4).
    case clientCredentials(tokenURL: Template, scope: Template)
}

/// What the units of failure are: each value of a list in the connector's scope.
struct ScopeList: Sendable, Equatable {
    /// The scope parameter that lists them, such as `mailboxes`.
    let each: String
    /// The name by which templates call the value, such as `mailbox`.
    let variable: String
}

/// How the collections of a scope are found.
struct StreamList: Sendable, Equatable {
    /// Records that are no collections of their own, such as saved searches.
    struct Skip: Sendable, Equatable {
        let path: Path
        let equals: String
    }

    /// Names that every endpoint of the kind understands in place of an identifier.
    struct WellKnown: Sendable, Equatable {
        let names: [String]
        /// The request that gives the collection behind `{name}`.
        let lookup: Template
    }

    let path: Template
    let records: Path
    let next: Path
    let key: Path
    let name: Path
    /// The request for the collections within `{stream}`; nil where they do not nest.
    let children: Template?
    /// A count in the record; zero saves the request for children.
    let childCount: Path?
    let skip: [Skip]
    /// The scope parameter that chooses among them; absent or empty means all but `exclude`.
    let select: String?
    let wellKnown: WellKnown?
    /// Well-known names left out unless selected, with everything below them.
    let exclude: [String]
}

/// How the records of a stream are read: pages, then changes.
struct RecordFeed: Sendable, Equatable {
    /// Leaves out what is older than a date in the scope.
    struct Since: Sendable, Equatable {
        let parameter: String
        let path: Path
    }

    let path: Template
    let records: Path
    let id: Path
    /// Present in a record that is gone.
    let removed: Path
    let next: Path
    let delta: Path
    /// The request for one whole record `{id}`, to complete a partial update.
    let item: Template?
    let since: Since?
}
