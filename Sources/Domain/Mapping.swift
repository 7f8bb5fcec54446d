/// How a record becomes a document: for each column, where in the payload it comes from.
///
/// Definitions declare it, Normalize applies it.
package struct Mapping: Sendable, Equatable {
    /// A text and how to read it.
    package struct Body: Sendable, Equatable {
        /// The first with a text wins; plain text, unless ``form`` says otherwise.
        package let content: [Pick]
        /// Where the payload says `html`, or that it is true that it is.
        package let form: Path?
        /// HTML in any case, where there is no other text.
        package let html: [Pick]
        /// Without such a text, the record's own members are the text, a line each.
        package let listsMembers: Bool

        package init(content: [Pick], form: Path?, html: [Pick] = [], listsMembers: Bool = false) {
            (self.content, self.form) = (content, form)
            (self.html, self.listsMembers) = (html, listsMembers)
        }
    }

    package let kind: String
    /// First pick with a value wins, here and below; but participants are gathered from all
    /// their picks.
    package let title: [Pick]
    package let author: [Pick]
    package let participants: [Pick]
    package let createdAt: [Pick]
    package let modifiedAt: [Pick]
    package let sourceURL: [Pick]
    package let body: Body
    /// Metadata name to pick; absent values are left out.
    package let metadata: [String: Pick]
    /// Its names in order.
    package let metadataNames: [String]
    /// Paths a whole record always has: one that lacks any is a partial update.
    package let required: [Path]

    package init(
        kind: String, title: [Pick], author: [Pick], participants: [Pick], createdAt: [Pick],
        modifiedAt: [Pick], sourceURL: [Pick], body: Body, metadata: [String: Pick],
        required: [Path]
    ) {
        (self.kind, self.title, self.author) = (kind, title, author)
        (self.participants, self.createdAt) = (participants, createdAt)
        (self.modifiedAt, self.sourceURL, self.body) = (modifiedAt, sourceURL, body)
        (self.metadata, self.required) = (metadata, required)
        metadataNames = metadata.keys.sorted()
    }
}
