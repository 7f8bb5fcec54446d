/// An entity as it is to be written, in whatever form.
struct ERPEntity: Sendable {
    struct Neighbour: Sendable {
        enum Content: Sendable {
            case many([ERPEntity], next: String?)
            case one(ERPEntity?)
            /// Only a link to it.
            case deferred
        }

        let navigation: ERPNavigation
        let content: Content
    }

    let set: ERPEntitySet
    /// `A_Product('TG11')`, relative to the service's root.
    let path: String
    let properties: [(property: ERPProperty, value: ERPValue)]
    let etag: String
    /// The bytes' type, where it has bytes.
    let mediaType: String?
    let changedAt: Timestamp
    var neighbours: [Neighbour] = []
}

/// One answer's entities of a collection, with the links to what comes after.
struct ERPPage: Sendable {
    struct Removal: Sendable {
        let path: String
        let at: Timestamp
    }

    var entities: [ERPEntity] = []
    var removals: [Removal] = []
    /// Entities of the whole collection, where that was asked for.
    var count: Int?
    /// Relative to the service's root.
    var next: String?
    var delta: String?
    var isDelta = false
}
