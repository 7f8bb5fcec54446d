/// Which streams a pass reads, and how much of them.
package enum PassKind: Sendable, Equatable {
    /// Those whose time has come and that are not parked.
    case due
    /// All, whatever their time.
    case now
    /// All, from the beginning.
    case full
}
