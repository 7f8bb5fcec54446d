/// How a record becomes a document: for each column, where in the payload it comes from.
///
/// Definitions declare it, Normalize applies it. A path is a dotted list of member names, such
/// as `from.emailAddress.address`; `[]` after a name goes through every element of an array.
package struct Mapping: Sendable, Equatable {
    /// A dotted path, split at its dots.
    package struct Path: Sendable, Hashable {
        package struct Step: Sendable, Hashable {
            package let name: String
            package let isEach: Bool

            package init(name: String, isEach: Bool) { (self.name, self.isEach) = (name, isEach) }
        }

        package let steps: [Step]

        /// - Parameter text: `a.b[].c`; nil when a name is empty.
        package init?(_ text: String) {
            var steps: [Step] = []
            for part in text.split(separator: ".", omittingEmptySubsequences: false) {
                let isEach = part.hasSuffix("[]")
                let name = isEach ? String(part.dropLast(2)) : String(part)
                guard !name.isEmpty else { return nil }
                steps.append(Step(name: name, isEach: isEach))
            }
            self.steps = steps
        }
    }

    /// A text and how to read it.
    package struct Body: Sendable, Equatable {
        package let content: Path
        /// Where the payload names its form: `html` means HTML, anything else plain text.
        package let form: Path?

        package init(content: Path, form: Path?) { (self.content, self.form) = (content, form) }
    }

    package let kind: String
    /// First path with a value wins, here and below.
    package let title: [Path]
    package let author: [Path]
    package let participants: [Path]
    package let createdAt: [Path]
    package let modifiedAt: [Path]
    package let sourceURL: [Path]
    package let body: Body
    /// Metadata name to path; absent values are left out.
    package let metadata: [String: Path]
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
    }
}
