/// What is known beside the configuration's own files.
package struct Definitions: Sendable {
    package let connectors: [String: ConnectorFields]
    /// Names of the recipes there are.
    package let recipes: Set<String>

    package init(connectors: [String: ConnectorFields], recipes: Set<String>) {
        (self.connectors, self.recipes) = (connectors, recipes)
    }
}
