package import JSON

/// Where in a JSON value something is, such as `from/emailAddress/address`.
///
/// Member names separated by `/`; `[]` after a name goes through every element of an array. Names
/// may hold any other character, dots and `@` included; `[]` at the beginning stands for the elements
/// of the value itself. In definitions, paths stand for what an endpoint's manual shows as nested
/// members.
package struct Path: Sendable, Hashable, CustomStringConvertible {
    private struct Step: Hashable {
        let name: String
        let isEach: Bool
    }

    private let steps: [Step]
    /// Whether it goes through arrays, so that there may be several values.
    package let isMany: Bool
    package let description: String

    /// - Parameter text: `a/b[]/c`; nil when a name is empty.
    package init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            let isEach = part.hasSuffix("[]")
            let name = String(isEach ? part.dropLast(2) : part)
            guard !name.isEmpty || isEach && steps.isEmpty else { return nil }
            steps.append(Step(name: name, isEach: isEach))
        }
        (self.steps, description) = (steps, text)
        isMany = steps.contains(where: \.isEach)
    }

    /// The number of names.
    package var depth: Int { steps.count }

    /// The first name.
    package var head: String { steps.first?.name ?? "" }

    /// All values the path leads to, nulls left out; empty where a member is absent.
    package func values(in root: JSON) -> [JSON] {
        if !isMany { return single(in: root).map { [$0] } ?? [] }
        var values = [root]
        for step in steps {
            values = values.flatMap { value -> [JSON] in
                guard let member = step.name.isEmpty ? value : value[step.name] else { return [] }
                return step.isEach ? member.arrayValue ?? [] : [member]
            }
        }
        return values.filter { !$0.isNull }
    }

    package func first(in root: JSON) -> JSON? {
        isMany ? values(in: root).first : single(in: root)
    }

    /// The value of a path that goes through no array.
    private func single(in root: JSON) -> JSON? {
        var value = root
        for step in steps {
            guard let member = value[step.name] else { return nil }
            value = member
        }
        guard !value.isNull else { return nil }
        return value
    }

    /// The names of its members; nil where it goes through arrays.
    package var names: [String]? { isMany ? nil : steps.map(\.name) }

    /// Whether the payload mentions the path, be it with null.
    ///
    /// In a partial update an absent property is unchanged, and a null one is empty.
    package func exists(in root: JSON) -> Bool {
        var value = root
        for step in steps {
            guard let member = step.name.isEmpty ? value : value[step.name] else { return false }
            if step.isEach || member.isNull { return true }
            value = member
        }
        return true
    }
}
