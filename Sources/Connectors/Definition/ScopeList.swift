import Domain

/// What the units of failure are: each element of a list in the connector's scope.
struct ScopeList: Sendable, Equatable {
    /// Where the connector's scope lists them, such as `mailboxes` or
    /// `services[]/entity_sets`; nil where there is one scope.
    let each: Path?
    /// The name by which templates call the element's own name, such as `mailbox`.
    let variable: String
    /// What people call a scope.
    let name: Template
    /// A scope more where a boolean of the scope says so.
    let also: [Extra]
    /// What is known of elements of these names, where an element does not say otherwise.
    let known: [String: [String: String]]
    let otherwise: [String: String]

    struct Extra: Sendable, Equatable {
        let parameter: String
        let element: String
    }

    /// The names of what an element may say, beside its own name.
    var attributeNames: Set<String> {
        Set(known.values.flatMap(\.keys)).union(otherwise.keys)
    }
}

/// A unit of failure: a mailbox, a drive, an object, an entity set.
package struct Scope: Sendable, Equatable {
    package let name: String
    /// What templates call its parts, attributes of the element included.
    let values: [String: String]
}
