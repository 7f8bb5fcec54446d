package import FoundationEssentials
package import JSON

/// A normalized record: what people read and models summarise.
package struct Document: Sendable, Equatable {
    package typealias ID = Identifier<Document>

    package let sourceID: String
    /// Lower case, singular: `email`, `attachment`, `file`, `case`, ...
    package let kind: String
    package let title: String
    package let author: String?
    package let participants: [String]
    /// ISO 639-1, such as `en`; nil when too little text says.
    package let language: String?
    package let createdAt: Date?
    package let modifiedAt: Date?
    package let sourceURL: String?
    /// Readable text; light Markdown where the source had structure.
    package let body: String
    /// One value is one revision.
    ///
    /// SHA-256, 32 bytes, of `title`, a line feed and `body` in UTF-8.
    package let contentSHA256: [UInt8]
    /// The parent's source id, for attachments and members.
    package let parentSourceID: String?
    /// A JSON object.
    package let metadata: JSON
    /// Who may read it at the source; nil where that was not asked.
    package let acl: JSON?

    package init(
        sourceID: String, kind: String, title: String, author: String?, participants: [String],
        language: String?, createdAt: Date?, modifiedAt: Date?, sourceURL: String?, body: String,
        contentSHA256: [UInt8], parentSourceID: String? = nil, metadata: JSON, acl: JSON? = nil
    ) {
        (self.sourceID, self.kind, self.title, self.author) = (sourceID, kind, title, author)
        (self.participants, self.language) = (participants, language)
        (self.createdAt, self.modifiedAt) = (createdAt, modifiedAt)
        (self.sourceURL, self.body, self.contentSHA256) = (sourceURL, body, contentSHA256)
        (self.parentSourceID, self.metadata, self.acl) = (parentSourceID, metadata, acl)
    }

    /// The same document in another, or with readers.
    package func with(parentSourceID: String?, acl: JSON?) -> Document {
        Document(
            sourceID: sourceID, kind: kind, title: title, author: author,
            participants: participants, language: language, createdAt: createdAt,
            modifiedAt: modifiedAt, sourceURL: sourceURL, body: body,
            contentSHA256: contentSHA256, parentSourceID: parentSourceID, metadata: metadata,
            acl: acl)
    }
}
