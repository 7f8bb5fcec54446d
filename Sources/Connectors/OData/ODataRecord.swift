package import JSON

/// One entity of an answer, the same whatever format and version it came in.
package struct ODataRecord: Sendable, Equatable {
    /// The entity's path below the service as it wrote the key's values: `A_Product('TG11')`,
    /// `Item(Order='4712',Position='10')`.
    package let key: String
    /// Deleted, or no longer part of what was asked for.
    package let isRemoved: Bool
    /// Properties by their plain names; what was expanded as arrays, objects or null.
    ///
    /// Numbers keep their digits; in XML, all but small numbers and truth values is text.
    package let payload: JSON
    /// Expanded collections that go on elsewhere: the place in the payload, as
    /// `to_Item` or `to_Item/3/to_Line`, and the absolute address of the rest.
    package let openLinks: [OpenLink]

    package struct OpenLink: Sendable, Equatable {
        package let path: String
        package let url: String
    }
}
