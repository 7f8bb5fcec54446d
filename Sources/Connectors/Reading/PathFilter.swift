import Domain
package import JSON

/// Which paths of a scope are read: those that match one of some globs and none of others.
package struct PathFilter: Sendable {
    private let include: [Glob]
    private let exclude: [Glob]

    package init(include: [String], exclude: [String]) {
        self.include = include.map(Glob.init)
        self.exclude = exclude.map(Glob.init)
    }

    package func admits(_ path: String) -> Bool {
        (include.isEmpty || include.contains { $0.matches(path) })
            && !exclude.contains { $0.matches(path) }
    }
}

extension ConnectorReader {
    /// Nil where every path is read.
    package var pathFilter: PathFilter? {
        guard let rule = definition.records.containers else { return nil }
        let include = rule.include.map(settings.texts) ?? []
        let exclude = rule.exclude.map(settings.texts) ?? []
        guard !include.isEmpty || !exclude.isEmpty else { return nil }
        return PathFilter(include: include, exclude: exclude)
    }
}

extension Definition {
    /// Whether of two states of a record the older one must be told from the newer.
    package var isOrdered: Bool { records.order != nil }

    /// Whether a state of a record is older than the one that is filed.
    package func isOlder(_ payload: JSON, than filed: JSON) -> Bool {
        guard let order = records.order,
            let new = order.values(in: payload).first?.scalarText,
            let old = order.values(in: filed).first?.scalarText
        else { return false }
        return new < old
    }
}
