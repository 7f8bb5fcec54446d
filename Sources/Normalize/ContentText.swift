package import JSON

/// What was read of a record's content: the bytes beside its payload.
package struct ContentText: Sendable, Equatable {
    package let text: String
    package let isTruncated: Bool
    /// What is known of the bytes, for the metadata; nil where they are as they were.
    package let facts: JSON?

    package init(text: String, isTruncated: Bool, facts: JSON?) {
        (self.text, self.isTruncated, self.facts) = (text, isTruncated, facts)
    }
}
