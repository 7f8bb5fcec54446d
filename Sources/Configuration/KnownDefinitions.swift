/// What is known beside the configuration's own files.
package struct KnownDefinitions: Sendable {
    package let connectors: [String: ConnectorFields]
    /// Names of the recipes there are, those of the configuration's files aside.
    package let recipes: Set<String>

    package init(connectors: [String: ConnectorFields], recipes: Set<String>) {
        (self.connectors, self.recipes) = (connectors, recipes)
    }
}
