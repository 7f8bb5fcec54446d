/// A key of a section: what decodes it, lints it and explains it.
///
/// Declared once as a constant, listed in its ``Section``, and looked up in ``Values``.
package struct Field<Value: Sendable>: DeclaredField {
    package let name: String
    package let description: String
    package let example: String?
    package let presence: Presence
    private let form: Form<Value>
    private let absent: Value?

    package var shape: Shape { form.shape }

    /// A field that must be there.
    package init(
        _ name: String, _ form: Form<Value>, _ description: String, example: String? = nil
    ) {
        (self.name, self.form, self.description) = (name, form, description)
        (self.example, self.presence, self.absent) = (example, .required, nil)
    }

    /// A field with a default, written as YAML and read by the same form.
    package init(
        _ name: String, _ form: Form<Value>, default text: String, _ description: String,
        example: String? = nil
    ) {
        (self.name, self.form, self.description) = (name, form, description)
        (self.example, self.presence, self.absent) = (example, .defaulted(text), nil)
    }

    /// A field that may be left out.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - form: How its value is written.
    ///   - otherwise: What holds without it, in words; for explanations only.
    ///   - description: One or two sentences on what it does.
    ///   - example: A value as YAML.
    package init<Wrapped>(
        optional name: String, _ form: Form<Wrapped>, otherwise: String? = nil,
        _ description: String, example: String? = nil
    ) where Value == Wrapped? {
        (self.name, self.description) = (name, description)
        self.form = form.map { $0 }
        (self.example, self.presence) = (example, .optional(otherwise))
        self.absent = .some(nil)
    }

    package func decode(_ node: Node, _ reader: inout Reader) -> (any Sendable)? {
        form.decode(node, &reader).map(Boxed.init)
    }

    package func valueWhenAbsent(_ reader: inout Reader) -> (any Sendable)? {
        switch presence {
        case .required: nil
        case .optional: absent.map(Boxed.init)
        case .defaulted(let text): read(text, "default", &reader)
        }
    }

    package func checkTexts(_ reader: inout Reader) {
        if case .defaulted(let text) = presence { _ = read(text, "default", &reader) }
        if let example { _ = read(example, "example", &reader) }
    }

    private func read(_ text: String, _ what: String, _ reader: inout Reader) -> Boxed<Value>? {
        var own = Reader(Source(path: "\(what) of \(name)", text: text))
        let value = Node.parse(&own).flatMap { form.decode($0, &own) }
        if let value { return Boxed(value: value) }
        let reason = own.diagnostics.first?.message ?? "not valid"
        reader.error(
            at: reader.keyLocation ?? reader.start,
            "the \(what) \(quoted(text)) of \(quoted(name)) is not valid: \(reason)")
        return nil
    }
}

/// Keeps an optional value apart from the absence of a value.
struct Boxed<Value: Sendable>: Sendable {
    let value: Value
}
