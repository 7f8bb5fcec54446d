/// What a table of fields says about one of them, for people.
package enum Explanation {
    /// A name that is not in the table.
    package struct Unknown: Error, Equatable {
        package let name: String
        /// The whole dotted name that was probably meant.
        package let nearest: String?

        package init(name: String, nearest: String?) {
            (self.name, self.nearest) = (name, nearest)
        }

        package var isTransient: Bool { false }
    }

    /// The reference entry of a field.
    ///
    /// - Parameters:
    ///   - name: Dotted, such as `scope.folders`; empty for all fields of the table. Lists and
    ///     alternatives are looked through: `models.file`.
    ///   - fields: The table.
    /// - Returns: Lines of text, the last one ended.
    /// - Throws: ``Unknown`` with the nearest name.
    package static func text(
        of name: String, in fields: [any DeclaredField]
    ) throws(Unknown) -> String {
        guard !name.isEmpty else { return table(fields, indent: "") }
        var fields = fields
        var found: (any DeclaredField)?
        var path: [String] = []
        for part in name.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
            guard let field = fields.first(where: { $0.name == part }) else {
                let near = nearest(to: part, among: fields.map(\.name))
                throw Unknown(
                    name: name, nearest: near.map { (path + [$0]).joined(separator: ".") })
            }
            path.append(part)
            found = field
            fields = field.shape.fields
        }
        return found.map { entry($0, named: name) } ?? table(fields, indent: "")
    }

    private static func entry(_ field: any DeclaredField, named name: String) -> String {
        var lines = ["\(name): \(field.shape.name)", ""]
        lines += wrapped(field.description, to: 76).map { "  \($0)" } + [""]
        switch field.presence {
        case .required: lines.append("  Required.")
        case .optional(let otherwise):
            lines.append("  Optional\(otherwise.map { ": \($0)" } ?? "").")
        case .defaulted(let text): lines.append("  Default: \(text)")
        }
        if let example = field.example { lines.append("  Example: \(field.name): \(example)") }
        let text = lines.joined(separator: "\n") + "\n"
        let children = field.shape.fields
        return children.isEmpty ? text : "\(text)\n  Keys:\n\(table(children, indent: "    "))"
    }

    private static func table(_ fields: [any DeclaredField], indent: String) -> String {
        let width = fields.map(\.name.count).max() ?? 0
        return fields.map { field in
            let padding = String(repeating: " ", count: width - field.name.count)
            return "\(indent)\(field.name)\(padding)  \(summary(field))\n"
        }.joined()
    }

    private static func summary(_ field: any DeclaredField) -> String {
        switch field.presence {
        case .required: "\(field.shape.name), required"
        case .optional: field.shape.name
        case .defaulted(let text): "\(field.shape.name), default \(text)"
        }
    }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines.count - 1
            if lines[last].isEmpty {
                lines[last] = String(word)
            } else if lines[last].count + word.count < width {
                lines[last] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
