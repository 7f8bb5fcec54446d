/// A folder within a stream: what the paths of documents are made of.
///
/// Endpoints tell of a renamed folder alone and not of what is in it, so paths are made from
/// containers whenever they are read, by their ids.
package struct Container: Sendable, Hashable {
    package let id: String
    /// Nil for the root, whose name is not part of paths.
    package let parentID: String?
    package let name: String
    /// Gone, and with it everything that is still in it at the end of the round.
    package let isRemoved: Bool

    package init(id: String, parentID: String?, name: String, isRemoved: Bool) {
        (self.id, self.parentID, self.name, self.isRemoved) = (id, parentID, name, isRemoved)
    }
}
