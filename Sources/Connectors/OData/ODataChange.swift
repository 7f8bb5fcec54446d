import JSON

/// How extraction queues mark what happened to a row: by properties beside the others.
enum ODataChange {
    /// Deleted: what else the row holds is its last state, or empty.
    static func isRemoval(_ payload: JSON) -> Bool {
        payload["ODQ_CHANGEMODE"]?.stringValue == "D"
    }

    /// The state before a change, which takes away what the row after it puts back.
    static func isBeforeImage(_ payload: JSON) -> Bool {
        guard !isRemoval(payload), let counter = payload["ODQ_ENTITYCNTR"] else { return false }
        if let number = counter.doubleValue { return number < 0 }
        let text = counter.stringValue ?? ""
        return text.hasPrefix("-") || text.hasSuffix("-")
    }
}
