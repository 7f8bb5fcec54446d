package import Domain

/// A record that could not become a document.
package struct RecordFailure: Sendable, Equatable {
    package let sourceID: String
    /// Where it failed: `normalize`, or `store` when the database refused it.
    package let stage: String
    /// A word to group by, such as `unparseable_date`.
    package let reason: String
    package let message: String
    package let record: String?

    package init(
        sourceID: String, stage: String, reason: String, message: String, record: String?
    ) {
        (self.sourceID, self.stage, self.reason) = (sourceID, stage, reason)
        (self.message, self.record) = (message, record)
    }
}

/// All that one page brings: it is stored whole or not at all.
///
/// A source id should come once; of several documents with one id the last counts.
package struct PageCommit: Sendable {
    /// Where the stream stands after this page.
    package let cursor: Cursor
    /// The page ends a round: everything up to now was shown.
    package var isRoundComplete: Bool
    package let documents: [StoredDocument]
    /// Source ids that left this stream.
    package let removals: [String]
    package let failures: [RecordFailure]
    package let rules: [JobRule]
    package var containers: [Container] = []
    /// For each of these documents all its children: others it had are gone.
    package var families: [String: [String]] = [:]
    package var marks: [Page.Mark] = []
    /// What a round from the beginning does not show is gone.
    package var provesAbsence = true

    package init(
        cursor: Cursor, isRoundComplete: Bool, documents: [StoredDocument], removals: [String],
        failures: [RecordFailure], rules: [JobRule]
    ) {
        (self.cursor, self.isRoundComplete) = (cursor, isRoundComplete)
        (self.documents, self.removals) = (documents, removals)
        (self.failures, self.rules) = (failures, rules)
    }
}

/// What became of a page's records.
package struct PageCounts: Sendable, Equatable {
    package var created = 0
    /// Changed in any column, moved here, or back from the dead.
    package var updated = 0
    package var unchanged = 0
    /// Left this stream; a tombstone only when no other stream shows them in time.
    package var deleted = 0
    package var failed = 0

    package init(
        created: Int = 0, updated: Int = 0, unchanged: Int = 0, deleted: Int = 0, failed: Int = 0
    ) {
        (self.created, self.updated, self.unchanged) = (created, updated, unchanged)
        (self.deleted, self.failed) = (deleted, failed)
    }
}
