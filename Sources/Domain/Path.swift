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
    }

    /// The number of names.
    package var depth: Int { steps.count }

    /// The first name.
    package var head: String { steps.first?.name ?? "" }

    /// All values the path leads to, nulls left out; empty where a member is absent.
    package func values(in root: JSON) -> [JSON] {
        var values = [root]
        for step in steps {
            values = values.flatMap { value -> [JSON] in
                guard let member = step.name.isEmpty ? value : value[step.name] else { return [] }
                return step.isEach ? member.arrayValue ?? [] : [member]
            }
        }
        return values.filter { !$0.isNull }
    }

    package func first(in root: JSON) -> JSON? { values(in: root).first }

    /// Whether it goes through arrays, so that there may be several values.
    package var isMany: Bool { steps.contains(where: \.isEach) }

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
