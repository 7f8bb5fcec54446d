/// What a service's `$metadata` says of its sets, as far as reading them needs it.
///
/// Source: CSDL of OData 2.0 (EDMX 1.0) and OData CSDL XML 4.01.
package struct ODataSchema: Sendable, Equatable {
    /// By name.
    package let sets: [String: EntitySet]

    package struct EntitySet: Sendable, Equatable {
        package let name: String
        /// In the order of the key.
        package let keys: [Key]
        /// Types by name, such as `Edm.String`.
        package let properties: [String: String]

        package init(name: String, keys: [Key], properties: [String: String] = [:]) {
            (self.name, self.keys, self.properties) = (name, keys, properties)
        }
    }

    package struct Key: Sendable, Equatable {
        package let name: String
        /// Such as `Edm.String`.
        package let type: String

        package init(name: String, type: String) { (self.name, self.type) = (name, type) }
    }
}
