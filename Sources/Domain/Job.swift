/// One unit of enrichment work on one revision, claimed by at most one worker at a time.
package struct Job: Sendable, Equatable {
    package typealias ID = Identifier<Job>

    package let id: ID
    package let documentID: Document.ID
    package let recipe: String
    /// What decides the result beside the document.
    ///
    /// SHA-256 over recipe, prompt, parameters and model. Another fingerprint is other work.
    package let fingerprint: [UInt8]
    /// The content hash this claim took away; a result about any other is refused.
    package let contentSHA256: [UInt8]
    /// Number of claims so far, this one included; starts at 1.
    package let attempt: Int

    package init(
        id: ID, documentID: Document.ID, recipe: String, fingerprint: [UInt8],
        contentSHA256: [UInt8], attempt: Int
    ) {
        (self.id, self.documentID, self.recipe) = (id, documentID, recipe)
        (self.fingerprint, self.contentSHA256) = (fingerprint, contentSHA256)
        self.attempt = attempt
    }
}

/// Which documents a recipe is for: what a page commit needs to know to create jobs.
package struct JobRule: Sendable, Equatable {
    package let recipe: String
    package let fingerprint: [UInt8]
    /// Empty: every kind.
    package let kinds: Set<String>
    /// Shortest body worth the work, in characters (code points, as PostgreSQL counts).
    package let charactersMin: Int
    /// It is for conversations, each at its latest document, and not for documents.
    package let isForThreads: Bool

    package init(
        recipe: String, fingerprint: [UInt8], kinds: Set<String>, charactersMin: Int,
        isForThreads: Bool = false
    ) {
        (self.recipe, self.fingerprint) = (recipe, fingerprint)
        (self.kinds, self.charactersMin) = (kinds, charactersMin)
        self.isForThreads = isForThreads
    }

    package func applies(to document: Document) -> Bool {
        (kinds.isEmpty || kinds.contains(document.kind))
            && document.body.unicodeScalars.count >= charactersMin
    }
}
