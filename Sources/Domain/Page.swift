/// One response's records and the cursor after them.
package struct Page: Sendable, Equatable {
    package let records: [Record]
    /// `.next` while the round goes on, `.delta` when it is complete.
    package let cursor: Cursor

    package init(records: [Record], cursor: Cursor) {
        (self.records, self.cursor) = (records, cursor)
    }
}
