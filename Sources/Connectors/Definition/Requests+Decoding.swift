import Domain
import YAML

extension Form where Value == RequestTemplate {
    /// An address alone, or a section that says more.
    static var request: Form {
        Form<Template>.template.map { path in
            RequestTemplate(method: .get, path: path, query: [], headers: [], body: [])
        }.or(.section(RequestTemplate.section))
    }
}

extension RequestTemplate {
    fileprivate static let section = Section(
        [methodField, pathField, queryField, headersField, bodyField]
    ) { values, _ in
        RequestTemplate(
            method: values[methodField], path: values[pathField],
            query: sorted(values[queryField]), headers: Header.list(values[headersField]),
            body: sorted(values[bodyField]))
    }

    private static let methodField = Field(
        "method", .cases(Method.self), default: "GET", "How it is asked.")
    private static let pathField = Field(
        "path", .template, "Below base_url, or absolute.")
    private static let queryField = Field(
        "query", .mapping(of: phrase), default: "{}",
        "Query parameters, written as they are meant: docket encodes them. A list is joined by "
            + "spaces; a part that names an absent value is left out.")
    private static let headersField = Field(
        "headers", .mapping(of: .oneOrMore(.template)), default: "{}",
        "Headers of this request beside those of all.")
    private static let bodyField = Field(
        "body", .mapping(of: phrase), default: "{}", "Members of a JSON object, all texts.")

    private static let phrase = Form<[Template]>.oneOrMore(.template).map(Phrase.init)

    private static func sorted(
        _ table: [String: Phrase]
    ) -> [(name: String, phrase: Phrase)] {
        table.sorted { $0.key < $1.key }.map { (name: $0.key, phrase: $0.value) }
    }
}

extension Header {
    static func list(_ table: [String: [Template]]) -> [Header] {
        table.sorted { $0.key < $1.key }.map { Header(name: $0.key, values: $0.value) }
    }
}

extension Condition {
    static let section = Section<Condition>(
        [pathField, equalsField, unlessField, absentField],
        checks: [
            { values, reader in
                let given = [
                    values.has(equalsField), values.has(unlessField), values.has(absentField),
                ]
                guard given.count(where: \.self) > 1 else { return }
                reader.error(
                    at: values.keyLocation(of: pathField),
                    "either `equals`, `unless` or `absent`")
            }
        ]
    ) { values, _ in
        var test = Test.exists
        if let texts = values[equalsField] { test = .isOne(of: texts) }
        if let texts = values[unlessField] { test = .isNone(of: texts) }
        if values[absentField] { test = .isAbsent }
        return Condition(path: values[pathField], test: test)
    }

    /// A section, or a path alone, which has to be there.
    static let form = Form<Path>.jsonPath.map { Condition(path: $0, test: .exists) }
        .or(.section(section))

    static let list = Form<[Condition]>.oneOrMore(form)

    private static let pathField = Field("path", .jsonPath, "A member of the record.")
    private static let equalsField = Field(
        optional: "equals", .oneOrMore(.scalar), "It says this, or one of these.")
    private static let unlessField = Field(
        optional: "unless", .oneOrMore(.scalar), "It is there, and says none of these.")
    private static let absentField = Field(
        "absent", .boolean, default: "false", "It is not there.")
}

extension Form where Value == String {
    /// A text, number or truth value as it is written.
    static var scalar: Form {
        Form(
            .oneOf([.text(name: "text", pattern: nil), .boolean, .number(-.infinity ... .infinity)])
        ) { node, _ in node.scalar }
    }
}

extension Pace {
    static let standard = Pace(
        requestsPerSecond: 20, concurrency: 4, concurrencyPerScope: 4,
        patience: .seconds(60), budget: nil)

    static let section = Section<Pace>(
        [requestsField, concurrencyField, scopeField, patienceField, budgetField]
    ) { values, _ in
        Pace(
            requestsPerSecond: values[requestsField], concurrency: values[concurrencyField],
            concurrencyPerScope: values[scopeField], patience: values[patienceField],
            budget: values[budgetField])
    }

    private static let requestsField = Field(
        "requests_per_second", .number(0.01...10_000), default: "20", "To the endpoint.")
    private static let concurrencyField = Field(
        "concurrency", .integer(1...256), default: "4", "Requests at a time.")
    private static let scopeField = Field(
        "concurrency_per_scope", .integer(1...256), default: "4",
        "Requests at a time within one scope.")
    private static let patienceField = Field(
        "patience", .duration(.seconds(1)...(.seconds(3600))), default: "60s",
        "How long an answer may say nothing before it is given up.")
    private static let budgetField = Field(
        optional: "budget", .section(Budget.section), "How answers tell what is left of a quota.")
}

extension Pace.Budget {
    static let section = Section<Self>([headerField, prefixField]) { values, _ in
        Self(header: values[headerField], prefix: values[prefixField])
    }

    private static let headerField = Field("header", .text, "The header that tells.")
    private static let prefixField = Field(
        "prefix", .text, "What stands before `used/limit` in it.")
}
