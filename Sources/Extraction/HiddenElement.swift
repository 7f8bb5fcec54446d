import XML

/// Follows the tags within an element that is not shown, to know where it ends.
struct HiddenElement {
    enum Verdict {
        /// Still within.
        case hidden
        /// This tag ended it.
        case ended
        /// It had ended before this tag, whose end tag it lacks.
        case visibleBefore
    }

    private let tag: Tag
    private var openCounts = [Int](repeating: 0, count: Tag.count)

    init(_ tag: Tag) {
        self.tag = tag
        openCounts[Int(tag.rawValue)] = 1
    }

    /// Whether this tag cannot be within the element, so that it ended before.
    mutating func start(_ next: Tag) -> Bool {
        let isOver =
            switch tag {
            case .head: next == .body
            case .p: next.breaks != nil && next != .script
            case .item: next == .item && count(.unorderedList) + count(.orderedList) == 0
            case .row: next == .row && count(.table) == 0
            case .cell: (next == .row || next == .cell) && count(.table) == 0
            default: false
            }
        if !isOver, !next.isVoid { openCounts[Int(next.rawValue)] += 1 }
        return isOver
    }

    mutating func end(_ end: Tag, isOpenOutside: Bool) -> Verdict {
        guard count(end) > 0 else { return isOpenOutside ? .visibleBefore : .hidden }
        openCounts[Int(end.rawValue)] -= 1
        return end == tag && count(end) == 0 ? .ended : .hidden
    }

    private func count(_ tag: Tag) -> Int { openCounts[Int(tag.rawValue)] }
}
