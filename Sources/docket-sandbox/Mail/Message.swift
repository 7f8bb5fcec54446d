/// A message in a mailbox: where it is and what it has become since it arrived.
struct Message: Sendable {
    enum Content: Sendable {
        /// Index among the mailbox's letters.
        case letter(Int)
        /// Made on demand from the message's number, at least so many bytes of body.
        case synthetic(bodyBytes: Int)
    }

    var content: Content
    var folder: Int
    /// The entry of its folder's history that brought it there.
    var entry: Int
    /// From 1, one more with every change.
    var revision = 1
    var isRead: Bool
    var isDeleted = false
    var modifiedAt: Timestamp
}
