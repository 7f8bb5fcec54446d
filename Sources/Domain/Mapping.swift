/// How a record becomes a document: for each column, where in the payload it comes from.
///
/// Definitions declare it, Normalize applies it.
package struct Mapping: Sendable, Equatable {
    /// A text and how to read it.
    package struct Body: Sendable, Equatable {
        package let content: Path
        /// Where the payload names its form: `html` means HTML, anything else plain text.
        package let form: Path?

        package init(content: Path, form: Path?) { (self.content, self.form) = (content, form) }
    }

    package let kind: String
    /// First path with a value wins, here and below; but participants are gathered from all
    /// their paths.
    package let title: [Path]
    package let author: [Path]
    package let participants: [Path]
    package let createdAt: [Path]
    package let modifiedAt: [Path]
    package let sourceURL: [Path]
    package let body: Body
    /// Metadata name to path; absent values are left out.
    package let metadata: [String: Path]
    /// Its names in order.
    package let metadataNames: [String]
    /// Paths a whole record always has: one that lacks any is a partial update.
    package let required: [Path]

    package init(
        kind: String, title: [Path], author: [Path], participants: [Path], createdAt: [Path],
        modifiedAt: [Path], sourceURL: [Path], body: Body, metadata: [String: Path],
        required: [Path]
    ) {
        (self.kind, self.title, self.author) = (kind, title, author)
        (self.participants, self.createdAt) = (participants, createdAt)
        (self.modifiedAt, self.sourceURL, self.body) = (modifiedAt, sourceURL, body)
        (self.metadata, self.required) = (metadata, required)
        metadataNames = metadata.keys.sorted()
    }
}
