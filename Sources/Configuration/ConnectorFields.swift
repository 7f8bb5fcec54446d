package import YAML

/// What a connector's definition adds to a connector's file.
package struct ConnectorFields: Sendable {
    /// Keys of `connection` beside the common ones; one of the same name replaces a common one.
    package let connection: [Field<Setting?>]
    /// Keys of `scope`.
    package let scope: [Field<Setting?>]
    package let scopeChecks: [Values.Check]
    package let connectionChecks: [Values.Check]

    package init(
        connection: [Field<Setting?>], scope: [Field<Setting?>],
        connectionChecks: [Values.Check] = [], scopeChecks: [Values.Check] = []
    ) {
        (self.connection, self.scope) = (connection, scope)
        (self.connectionChecks, self.scopeChecks) = (connectionChecks, scopeChecks)
    }
}
