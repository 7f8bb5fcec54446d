/// A mail folder and the history of what happened in it.
struct Folder: Sendable {
    /// One line of the history: what a change feed reports.
    struct Entry: Sendable {
        enum Change: Sendable, Equatable {
            case created
            /// These properties changed.
            case updated([String])
            /// `deleted` or `changed`.
            case removed(reason: String)
        }

        let message: Int
        let change: Change
    }

    /// A well-known name, such as `inbox`, or a name of the corpus; unique in its mailbox.
    let key: String
    var displayName: String
    var parent: Int?
    var isHidden = false
    /// The filter of a search folder: a view on other folders, without messages of its own.
    var search: String?
    var isDeleted = false
    var totalCount = 0
    var unreadCount = 0
    /// Feed positions of an older generation are no longer known.
    var generation = 0
    private(set) var entries: [Entry] = []

    init(
        key: String, displayName: String, parent: Int?,
        isHidden: Bool = false, search: String? = nil
    ) {
        (self.key, self.displayName, self.parent) = (key, displayName, parent)
        (self.isHidden, self.search) = (isHidden, search)
    }

    /// - Returns: The entry's index.
    @discardableResult
    mutating func append(_ change: Entry.Change, of message: Int) -> Int {
        entries.append(Entry(message: message, change: change))
        return entries.count - 1
    }

    mutating func reserve(_ count: Int) { entries.reserveCapacity(entries.count + count) }
}
