/// What happens when a statement passes.
package struct StatementRule: Sendable {
    package enum Moment: Sendable {
        /// The client has sent it, the server has not got it.
        case before
        /// The server has done it and answered, the client does not know.
        case after
    }

    package enum Action: Sendable {
        /// Goes on as if nothing were.
        case pass
        /// Resets both sides.
        case cut
        /// Keeps the connection still until ``FaultProxy/release()``.
        case hold
        /// Has the server run another statement, of which the client learns nothing; after the
        /// statement only.
        case insert(String)
    }

    /// Part of the statement's text.
    let text: String
    /// Part of a statement that came before it in the same transaction; nil: whatever came.
    let within: String?
    let moment: Moment
    let action: Action
    /// Statements that match and are let pass before.
    var skips: Int
    /// How many it strikes; nil: all.
    var count: Int?
    /// Called on the connection's thread before the action, such as to kill the client.
    let note: @Sendable () -> Void

    package init(
        _ moment: Moment, _ text: String, within: String? = nil, _ action: Action,
        skips: Int = 0, count: Int? = 1, note: @escaping @Sendable () -> Void = {}
    ) {
        (self.moment, self.text, self.within, self.action) = (moment, text, within, action)
        (self.skips, self.count, self.note) = (skips, count, note)
    }

    /// Whether it strikes now; counts that down.
    mutating func takesTurn(
        _ texts: [String], after earlier: [String], _ moment: Moment
    ) -> Bool {
        guard moment == self.moment, count != 0, texts.contains(where: { $0.contains(text) })
        else { return false }
        if let within, !earlier.contains(where: { $0.contains(within) }) { return false }
        guard skips == 0 else {
            skips -= 1
            return false
        }
        if let left = count { count = left - 1 }
        return true
    }
}

/// Tells of a rule that was made.
package struct StatementRuleID: Hashable, Sendable {
    let number: Int
}
