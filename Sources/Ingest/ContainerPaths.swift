import Connectors
import Domain

/// Where the records of a page are, by the names of the containers around them, and whether that
/// is wanted.
struct ContainerPaths: Sendable {
    private let containers: [String: Container]
    private let filter: PathFilter
    /// A known container has another name or place now.
    let isMoved: Bool

    /// - Parameters:
    ///   - known: What is filed.
    ///   - told: What the page says, which counts more.
    ///   - filter: Which paths are wanted.
    init(known: [Container], told: [Container], filter: PathFilter) {
        var containers: [String: Container] = [:]
        for container in known { containers[container.id] = container }
        var isMoved = false
        for container in told where !container.isRemoved {
            if let old = containers[container.id],
                old.parentID != container.parentID || old.name != container.name
            {
                isMoved = true
            }
            containers[container.id] = container
        }
        (self.containers, self.filter, self.isMoved) = (containers, filter, isMoved)
    }

    /// Whether a record of this name in this container is wanted.
    func isWanted(_ name: String, in container: String?) -> Bool {
        filter.admits((container.map(path) ?? "") + "/" + name)
    }

    /// Where the ways from these containers to the root end early, as nothing is known of what
    /// they lead to.
    func unknown(around ids: [String]) -> Set<String> {
        var unknown: Set<String> = []
        var seen: Set<String> = []
        for id in ids {
            var next: String? = id
            while let id = next, seen.insert(id).inserted {
                if containers[id] == nil { unknown.insert(id) }
                next = containers[id]?.parentID
            }
        }
        return unknown
    }

    private func path(_ id: String) -> String {
        var names: [String] = []
        var next: String? = id
        // A loop, which nobody should make, ends here.
        var seen: Set<String> = []
        while let id = next, seen.insert(id).inserted, let container = containers[id] {
            if container.parentID != nil { names.append(container.name) }
            next = container.parentID
        }
        return names.reversed().map { "/" + $0 }.joined()
    }
}
