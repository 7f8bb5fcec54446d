/// One collection a connector reads, such as a mail folder: the unit of cursor and lease.
package struct Stream: Sendable, Hashable {
    package typealias ID = Identifier<Stream>

    /// The connector's name in the configuration.
    package let connector: String
    /// The unit of failure the stream belongs to, such as a mailbox address.
    package let scope: String
    /// The endpoint's identifier of the collection within the scope.
    package let key: String
    /// What people call it, such as `Inbox/Projects`.
    package let name: String
    /// What else its requests need: the values of the partitions that led to it, by name.
    package let variables: [String: String]

    package init(
        connector: String, scope: String, key: String, name: String, variables: [String: String]
    ) {
        (self.connector, self.scope, self.key) = (connector, scope, key)
        (self.name, self.variables) = (name, variables)
    }
}
