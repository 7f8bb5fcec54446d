/// What a service's `$metadata` says of its sets, as far as reading them needs it.
///
/// Source: CSDL of OData 2.0 (EDMX 1.0) and OData CSDL XML 4.01.
package struct ODataSchema: Sendable, Equatable {
    /// 2 or 4.
    package let version: Int
    /// By name.
    package let sets: [String: EntitySet]

    package struct EntitySet: Sendable, Equatable {
        package let name: String
        /// In the order of the key.
        package let keys: [Key]
        package let properties: [String: Property]
        /// Names of navigation properties, in the schema's order.
        package let navigations: [String]
        /// Whether its entities have bytes, at `$value`.
        package let hasStream: Bool
        /// False where the service says that it answers with everything at once.
        package let isPageable: Bool
        /// Whether the service says that it tracks changes.
        package let isDeltaEnabled: Bool

        package init(
            name: String, keys: [Key], properties: [String: Property] = [:],
            navigations: [String] = [], hasStream: Bool = false, isPageable: Bool = true,
            isDeltaEnabled: Bool = false
        ) {
            (self.name, self.keys, self.properties) = (name, keys, properties)
            (self.navigations, self.hasStream) = (navigations, hasStream)
            (self.isPageable, self.isDeltaEnabled) = (isPageable, isDeltaEnabled)
        }
    }

    package struct Key: Sendable, Equatable {
        package let name: String
        /// Such as `Edm.String`.
        package let type: String

        package init(name: String, type: String) { (self.name, self.type) = (name, type) }
    }

    package struct Property: Sendable, Equatable {
        package let type: String
        package let isNullable: Bool

        package init(type: String, isNullable: Bool) {
            (self.type, self.isNullable) = (type, isNullable)
        }
    }
}
