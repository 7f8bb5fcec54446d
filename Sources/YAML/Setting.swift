/// A value of a field that is declared while the program runs, as definitions do.
package indirect enum Setting: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case duration(Duration)
    case day(Day)
    case secret(Secret)
    case list([Setting])
    case mapping([String: Setting])
}

extension Setting {
    package var text: String? { if case .text(let value) = self { value } else { nil } }
    package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    package var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
    package var secret: Secret? { if case .secret(let value) = self { value } else { nil } }
    package var list: [Setting]? { if case .list(let value) = self { value } else { nil } }
    package var mapping: [String: Setting]? {
        if case .mapping(let value) = self { value } else { nil }
    }
    /// The texts of a list; nil when anything else is in it.
    package var texts: [String]? {
        guard let texts = list?.map(\.text) else { return nil }
        let present = texts.compactMap(\.self)
        return present.count == texts.count ? present : nil
    }
}

extension Form where Value == Setting {
    /// The names ``init(type:)`` knows.
    package static var typeNames: [String] { types.keys.sorted() }

    /// The form a definition asks for by name, such as `duration`; nil for unknown names.
    ///
    /// Sizes come as an integer in bytes, percentages as a fraction.
    package init?(type: String) {
        guard let form = Self.types[type] else { return nil }
        self = form
    }

    /// A list of settings.
    package static func settings(
        listOf element: Form<Setting>, count: ClosedRange<Int> = 0...Limits.entries
    ) -> Form {
        Form<[Setting]>.list(of: element, count: count).map(Setting.list)
    }

    /// A section of settings.
    package static func settings(_ fields: [Field<Setting?>]) -> Form {
        Form<[String: Setting]>.section(.settings(fields)).map(Setting.mapping)
    }

    private static let types: [String: Form<Setting>] = [
        "text": .init(Form<String>.text, Setting.text),
        "path": .init(Form<String>.path, Setting.text),
        "url": .init(Form<String>.url(), Setting.text),
        "integer": .init(Form<Int>.integer(0...Int.max), Setting.integer),
        "size": .init(Form<Int>.byteSize(0...Int.max), Setting.integer),
        "percentage": .init(Form<Double>.percentage, Setting.number),
        "boolean": .init(Form<Bool>.boolean, Setting.boolean),
        "duration": .init(
            Form<Duration>.duration(.zero...(.seconds(3650 * 86_400))), Setting.duration),
        "date": .init(Form<Day>.day, Setting.day),
        "secret": .init(Form<Secret>.secret, Setting.secret),
    ]

    private init<Other>(_ form: Form<Other>, _ wrap: @escaping @Sendable (Other) -> Setting) {
        self = form.map(wrap)
    }
}

extension Field where Value == Setting? {
    /// A field whose declaration was read from a file.
    package static func setting(
        _ name: String, _ form: Form<Setting>, _ presence: Presence, _ description: String,
        example: String? = nil
    ) -> Field {
        switch presence {
        case .required:
            Field(name, form.map { $0 }, description, example: example)
        case .optional(let otherwise):
            Field(optional: name, form, otherwise: otherwise, description, example: example)
        case .defaulted(let text):
            Field(name, form.map { $0 }, default: text, description, example: example)
        }
    }
}

extension Section where Value == [String: Setting] {
    /// A section of such fields; absent optional ones are left out of the dictionary.
    package static func settings(
        _ fields: [Field<Setting?>], checks: [Values.Check] = []
    ) -> Section {
        Section(fields, checks: checks) { values, _ in
            var settings: [String: Setting] = [:]
            for field in fields { settings[field.name] = values[field] }
            return settings
        }
    }
}
