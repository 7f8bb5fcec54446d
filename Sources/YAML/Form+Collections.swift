extension Form {
    /// A list; a bad item does not hide the problems of the others.
    ///
    /// - Parameters:
    ///   - element: The form of each item.
    ///   - count: How many there may be.
    /// - Returns: The form of the list.
    package static func list<Element>(
        of element: Form<Element>, count: ClosedRange<Int> = 0...Limits.entries
    ) -> Form where Value == [Element] {
        Form(.list(of: element.shape, count: count)) { node, reader in
            guard case .list(let items) = node.value else { return nil }
            guard reader.check(items.count, in: count, of: "items", at: node) else { return nil }
            let values = items.map { item in
                reader.insideItem { element.decode(item, &$0) }
            }
            let whole = values.compactMap(\.self)
            return whole.count == values.count ? whole : nil
        }
    }

    /// A section whose keys are names chosen by the author; the order is lost.
    ///
    /// - Parameters:
    ///   - element: The form of each value.
    ///   - count: How many there may be.
    /// - Returns: The form of the section.
    package static func mapping<Element>(
        of element: Form<Element>, count: ClosedRange<Int> = 0...Limits.entries
    ) -> Form where Value == [String: Element] {
        Form(.mapping(of: element.shape, count: count)) { node, reader in
            var entries: [Node.Entry] = []
            if case .mapping(let written) = node.value { entries = written }
            guard reader.check(entries.count, in: count, of: "entries", at: node) else {
                return nil
            }
            var values: [String: Element] = [:]
            for entry in entries {
                let value = reader.under(entry.key, at: entry.keyLocation) {
                    element.decode(entry.value, &$0)
                }
                values[entry.key] = value
            }
            return values.count == entries.count ? values : nil
        }
    }

    /// A section with fields of its own.
    package static func section(_ section: Section<Value>) -> Form {
        Form(.section(section.fields)) { node, reader in section.decode(node, &reader) }
    }
}

extension Reader {
    fileprivate mutating func check(
        _ count: Int, in range: ClosedRange<Int>, of things: String, at node: Node
    ) -> Bool {
        if range.contains(count) { return true }
        let bound =
            count < range.lowerBound
            ? "at least \(range.lowerBound)" : "at most \(range.upperBound)"
        error(at: keyLocation ?? node.location, "expected \(bound) \(things), found \(count)")
        return false
    }
}
