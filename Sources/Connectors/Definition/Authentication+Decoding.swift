import YAML

extension Authentication {
    package static let none = Authentication(
        methods: [.none], serviceURL: nil, serviceHosts: [], hints: [])

    static let section = Section<Authentication>(
        [methodsField, serviceURLField, hostsField, hintsField]
    ) { values, _ in
        Authentication(
            methods: values[methodsField], serviceURL: values[serviceURLField],
            serviceHosts: values[hostsField], hints: values[hintsField])
    }

    private static let methodsField = Field(
        "methods", .list(of: .section(Method.section), count: 1...8),
        "The ways to sign in; the first whose values a connector gives is taken.")
    private static let serviceURLField = Field(
        optional: "service_url", .text,
        "The member of a token answer that names where requests go, unless base_url does.")
    private static let hostsField = Field(
        "service_hosts", .list(of: .text), default: "[]",
        "Hosts it may name; `*.` before one means all below it.")
    private static let hintsField = Field(
        "hints", .list(of: .section(Hint.section)), default: "[]",
        "What a person can do about refusals.")
}

extension Hint {
    fileprivate static let section = Section<Self>([textField, remedyField]) { values, _ in
        Self(fragment: values[textField], remedy: values[remedyField])
    }

    private static let textField = Field("says", .text, "A part of the refusal.")
    private static let remedyField = Field("remedy", .text, "What to do, without a full stop.")
}

extension Authentication.Method {
    private enum Kind: String, CaseIterable {
        case clientCredentials = "oauth2_client_credentials"
        case clientAssertion = "oauth2_client_assertion"
        case jwtBearer = "oauth2_jwt_bearer"
        case basic, header, none
    }

    fileprivate static let section = Section<Self>(
        [kindField, tokenURLField, scopeField, inHeaderField, audienceField, nameField],
        checks: [checkNeeds]
    ) { values, reader in
        switch values[kindField] {
        case .clientCredentials:
            values[tokenURLField].map {
                .clientCredentials(
                    tokenURL: $0, scope: values[scopeField], inHeader: values[inHeaderField])
            }
        case .clientAssertion:
            values[tokenURLField].map { .clientAssertion(tokenURL: $0, scope: values[scopeField]) }
        case .jwtBearer:
            values[tokenURLField].flatMap { url in
                values[audienceField].map { .jwtBearer(tokenURL: url, audience: $0) }
            }
        case .basic: .basic
        case .header: values[nameField].map { .header(name: $0) }
        case .none: Self.none
        }
    }

    private static let checkNeeds: Values.Check = { values, reader in
        let needed: [any DeclaredField] =
            switch values.find(kindField) {
            case .clientCredentials, .clientAssertion: [tokenURLField]
            case .jwtBearer: [tokenURLField, audienceField]
            case .header: [nameField]
            default: []
            }
        for field in needed where !values.has(field) {
            reader.error(
                at: values.keyLocation(of: kindField), "this kind needs `\(field.name)` beside it")
        }
    }

    private static let kindField = Field("kind", .cases(Kind.self), "The protocol.")
    private static let tokenURLField = Field(
        optional: "token_url", .template,
        "Where tokens come from, unless a connector says otherwise.")
    private static let scopeField = Field(
        optional: "scope", .template, "What the token is asked for.")
    private static let inHeaderField = Field(
        "in_header", .boolean, default: "false",
        "Whether id and secret go as Basic authentication instead of into the form.")
    private static let audienceField = Field(
        optional: "audience", .template, "Whom the assertion is made for.")
    private static let nameField = Field(optional: "name", .text, "The header's name.")
}
