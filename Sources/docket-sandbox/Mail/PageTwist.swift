/// A way in which a page of a feed is odd but allowed, or wrong.
enum PageTwist: Sendable, Equatable {
    /// No items, and a link to the items that should have been here.
    case emptyPage
    /// The link leads to the same items once more.
    case repeatPage
    /// The link is the one that was just asked for.
    case repeatLink
    /// Every item stands twice on the page.
    case duplicateItems
    /// Removals of messages that never were.
    case ghostRemovals
    /// The link leads to another origin.
    case foreignLink(origin: String)
}
