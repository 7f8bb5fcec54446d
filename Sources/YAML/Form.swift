/// How a value is written: the shape that describes it and the way to read it.
///
/// Forms are made of forms: `.list(of: .text)`, `.text.map(Use.init).or(.section(Use.section))`.
package struct Form<Value: Sendable>: Sendable {
    package let shape: Shape
    private let read: @Sendable (Node, inout Reader) -> Value?

    /// - Parameters:
    ///   - shape: Decides which kinds of nodes reach `read`.
    ///   - read: The value; nil after a report of what is wrong.
    package init(_ shape: Shape, read: @escaping @Sendable (Node, inout Reader) -> Value?) {
        (self.shape, self.read) = (shape, read)
    }

    /// Reads a node.
    ///
    /// - Parameters:
    ///   - node: What stands in the file.
    ///   - reader: Gets the problems.
    /// - Returns: The value; nil when a problem was reported.
    package func decode(_ node: Node, _ reader: inout Reader) -> Value? {
        if case .invalid = node.value { return nil }
        var node = node
        if !shape.keepsReferences {
            guard let expanded = node.expanded(&reader) else { return nil }
            node = expanded
        }
        guard shape.accepts(node.kind) else {
            reader.report(node, isNot: shape)
            return nil
        }
        return read(node, &reader)
    }

    /// The same writing, another value.
    package func map<Other: Sendable>(
        _ transform: @escaping @Sendable (Value) -> Other
    ) -> Form<Other> {
        Form<Other>(shape) { node, reader in read(node, &reader).map(transform) }
    }

    /// The same, but refused when a check finds something.
    ///
    /// - Parameter problem: What is wrong with the value, lower case; nil when nothing is.
    /// - Returns: The stricter form.
    package func checked(_ problem: @escaping @Sendable (Value) -> String?) -> Form {
        Form(shape) { node, reader in
            guard let value = read(node, &reader) else { return nil }
            guard let problem = problem(value) else { return value }
            reader.error(at: node.location, problem)
            return nil
        }
    }

    /// The same under another name and pattern, for text with a meaning of its own.
    package func named(_ name: String, pattern: String? = nil) -> Form {
        Form(.text(name: name, pattern: pattern), read: read)
    }

    /// Either writing; the node's kind decides which one is meant, this one first.
    package func or(_ other: Form) -> Form {
        Form(.oneOf([shape, other.shape])) { node, reader in
            let isThis = shape.accepts(node.kind)
            return (isThis ? self : other).decode(node, &reader)
        }
    }
}

extension Node {
    /// The scalar with its references resolved; nil when one cannot be.
    ///
    /// What comes in by a reference is a value, never YAML.
    fileprivate func expanded(_ reader: inout Reader) -> Node? {
        guard case .text(let text) = value, let references = reader.references,
            text.contains("${")
        else { return self }
        guard let parts = reader.parts(of: self) else { return nil }
        do {
            let text = try Secret(parts, at: location).value(references)
            let value = isPlain ? CoreSchema.value(of: text) : .text(text)
            return Node(value, at: location, scalar: text, isPlain: isPlain)
        } catch {
            reader.error(at: location, error.problem.message, help: error.problem.remedy)
            return nil
        }
    }
}

extension Reader {
    /// The literals and references of a scalar; nil after a report.
    mutating func parts(of node: Node) -> [Reference.Part]? {
        do {
            return try Reference.parts(of: node.scalar)
        } catch {
            self.error(at: node.location, error.message)
            return nil
        }
    }

    /// Notes that a node is of the wrong kind, and how to write the right one where that is plain.
    fileprivate mutating func report(_ node: Node, isNot shape: Shape) {
        if node.kind == .null {
            let place = keyLocation ?? node.location
            let subject = path.last.map { "\(quoted($0)) has" } ?? "there is"
            error(at: place, "\(subject) no value; expected \(shape.phrase)")
            return
        }
        var found = node.kind.rawValue
        if !node.scalar.isEmpty { found += " \(quoted(node.scalar))" }
        var help: String?
        if shape.accepts(.text), node.isPlain, ![.list, .mapping].contains(node.kind) {
            if case .text("text", _) = shape { help = "for text, write \"\(node.scalar)\"" }
        } else if case .list(let element, _) = shape, element.accepts(node.kind), node.isPlain {
            help = "for a list of one, write [\(node.scalar)]"
        }
        error(at: node.location, "expected \(shape.phrase), found \(found)", help: help)
    }
}
