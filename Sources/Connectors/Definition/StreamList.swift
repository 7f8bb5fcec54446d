import Domain

/// How the collections of a scope are found.
struct StreamList: Sendable, Equatable {
    /// Names that every endpoint of the kind understands in place of an identifier.
    struct WellKnown: Sendable, Equatable {
        let names: [String]
        /// The request that gives the collection behind `{name}`.
        let lookup: RequestTemplate
    }

    /// A request for scopes whose names have a form.
    struct Choice: Sendable, Equatable {
        /// Matches a scope's name; its names become values.
        ///
        /// Nil matches any.
        let form: Template?
        let request: RequestTemplate
    }

    /// The first whose form fits lists them.
    let choices: [Choice]
    /// Nil where the answer is the only collection itself.
    let records: Path?
    let next: Path?
    let key: Path
    let name: Path
    /// The request for the collections within `{stream}`; nil where they do not nest.
    let children: RequestTemplate?
    /// A count in the record; zero saves the request for children.
    let childCount: Path?
    let skip: [Condition]
    /// The scope parameter that chooses among them; absent or empty means all but `exclude`.
    let select: String?
    let wellKnown: WellKnown?
    /// Well-known names left out unless selected, with everything below them.
    let exclude: [String]
}
