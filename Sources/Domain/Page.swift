/// One response's records and the cursor after them.
package struct Page: Sendable, Equatable {
    /// Something in the response that is no record, though the rest of it is well.
    package struct Problem: Sendable, Equatable {
        /// The nearest thing to an identifier, such as a file's name.
        package let sourceID: String
        /// A word to group by.
        package let reason: String
        package let message: String

        package init(sourceID: String, reason: String, message: String) {
            (self.sourceID, self.reason, self.message) = (sourceID, reason, message)
        }
    }

    /// A file of a listing that has been read, and what it looked like then.
    package struct Mark: Sendable, Equatable {
        package let name: String
        /// Size and time: another mark is another content.
        package let text: String

        package init(name: String, text: String) { (self.name, self.text) = (name, text) }
    }

    package let records: [Record]
    package var containers: [Container]
    package var problems: [Problem]
    package var marks: [Mark]
    /// `.next` while the round goes on, `.delta` when it is complete.
    package let cursor: Cursor
    /// The round shows everything there is: what it did not show is gone.
    ///
    /// False where a source forgets what it has told, such as a folder of messages.
    package var provesAbsence: Bool
    /// Something in it is so for everything below a container, which is not told of itself.
    package var concernsAll = false

    package init(
        records: [Record], containers: [Container] = [], problems: [Problem] = [],
        marks: [Mark] = [], cursor: Cursor, provesAbsence: Bool = true
    ) {
        (self.records, self.containers, self.problems) = (records, containers, problems)
        (self.marks, self.cursor, self.provesAbsence) = (marks, cursor, provesAbsence)
    }
}
