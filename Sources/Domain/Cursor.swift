/// Where a stream stands: an opaque position that only its endpoint understands.
package enum Cursor: Sendable, Equatable {
    /// Nothing read yet, or the position expired: read everything from the beginning.
    case start
    /// In the middle of a round: the link to the next page.
    case next(String)
    /// A round is complete: the link that asks for the changes since.
    case delta(String)
}
