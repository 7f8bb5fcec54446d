import Connectors
import Domain
import JSON
import Testing
import YAML

@Suite("Definition")
struct DefinitionTests {
    @Test("every shipped definition is right, and asks for nothing that templates do not know")
    func shipped() throws {
        let (definitions, problems) = Definition.builtIn()
        #expect(problems == [])
        #expect(
            definitions.keys.sorted() == [
                "onedrive", "outlook", "salesforce", "sap-idoc", "sap-odata",
            ])
    }

    @Test("the mail definition asks an administrator for these values")
    func parameters() throws {
        let mail = try #require(Definition.builtIn().definitions["outlook"])
        #expect(mail.baseURL == "https://graph.microsoft.com/v1.0")
        #expect(
            mail.connection.map { "\($0.name) \($0.kind) \($0.isRequired)" } == [
                "certificate path false", "client_id text true", "client_secret secret false",
                "private_key path false", "tenant text true",
            ])
        #expect(
            mail.scope.map { "\($0.name) \($0.kind) \($0.isRequired)" } == [
                "attachments boolean false", "folders list false", "mailboxes list true",
                "since date false",
            ])
        #expect((mail.connection + mail.scope).allSatisfy { !$0.description.isEmpty })
    }

    @Test("sap 16, sap 18: the language is constant, and a long report is waited for")
    func enterprise() throws {
        let definition = try #require(Definition.builtIn().definitions["sap-odata"])
        let language = try #require(definition.connection.first { $0.name == "language" })
        #expect(language.fallback == "EN")
        #expect(definition.pace.patience == .seconds(600))
    }

    @Test("the mail definition maps a message's members")
    func mapping() throws {
        let tenant = try Tenant()
        let mapping = tenant.reader.mapping(of: tenant.stream)
        #expect(mapping.kind == "email")
        #expect(mapping.title.map(\.description) == ["subject"])
        #expect(mapping.body.content.map(\.description) == ["body/content"])
        #expect(mapping.body.form?.description == "body/contentType")
        #expect(mapping.required.map(\.description) == ["subject", "body/content"])
        #expect(mapping.participants.count == 3)
        #expect(mapping.metadata["conversation_id"]?.description == "conversationId")
    }

    static let failures: [(Int, JSON?, ErrorTable.Action)] = [
        (401, nil, .renew), (410, nil, .reset), (429, nil, .retry), (503, nil, .retry),
        (509, nil, .retry), (403, nil, .forbid), (404, nil, .skip), (405, nil, .skip),
        (400, nil, .fail), (400, ["error": ["code": "ErrorInvalidIdMalformed"]], .skip),
        (500, nil, .retry), (400, ["error": ["code": "SyncStateNotFound"]], .reset),
        (404, ["error": ["innerError": ["code": "syncStateInvalid"]]], .reset),
        (400, ["error": ["innererror": ["code": "ResyncRequired"]]], .reset),
    ]

    @Test("the mail definition knows what failures mean", arguments: failures)
    func errors(_ status: Int, _ body: JSON?, _ action: ErrorTable.Action) throws {
        let errors = try #require(Definition.builtIn().definitions["outlook"]).errors
        #expect(errors.action(status: status, body: body) == action)
    }

    static let whole = """
        definition: things
        description: Things.
        connection: {client_id: {type: text, description: Who.},
          client_secret: {type: secret, description: How.}}
        scope:
          rooms: {type: list, required: true, description: Which.}
          since: {type: date, description: From when.}
        authentication:
          methods:
            - kind: oauth2_client_credentials
              token_url: https://example.com/token
              scope: "{origin}/.default"
        scopes: {each: rooms, as: room}
        streams: {request: "/{room}", records: value, next: next, key: id, name: name}
        records: {request: "/{room}/{stream}", records: value, id: id, removed: gone,
          paging: {kind: link, path: next}, changes: {kind: delta, link: delta},
          since: {scope: since, path: at}}
        errors:
          rules:
            - {status: [404], action: skip}
        mapping: {kind: thing, body: {content: text}}

        """

    @Test("the least a definition needs is enough")
    func least() {
        let (definition, problems) = Definition.decode(Source(path: "t.yaml", text: Self.whole))
        #expect(problems == [])
        #expect(definition?.name == "things")
        #expect(definition?.baseURL == nil)
        #expect(definition?.pace.concurrency == 4)
    }

    /// What to replace, by what, where the problem is, and what is said.
    static let mistakes: [(String, String, String, String)] = [
        (
            "scopes: {each", "scope_s: {each", "t.yaml:13:1",
            "unknown key `scope_s`; did you mean `scopes`?"
        ),
        (
            "scopes: {each", "scopes: {eahc", "t.yaml:13:10",
            "unknown key `eahc`; did you mean `each`?"
        ),
        (
            "request: \"/{room}\"", "request: \"/{rom}\"", "t.yaml:14:1",
            "`{rom}` in `/{rom}` names no value; did you mean `{room}`?"
        ),
        (
            "request: \"/{room}\"", "request: \"/{stream}\"", "t.yaml:14:1",
            "`{stream}` in `/{stream}` names no value"
        ),
        (
            "request: \"/{room}\"", "request: \"/{room\"", "t.yaml:14:20",
            "a brace is not closed, or there is no name in it"
        ),
        (
            "{origin}/", "{origi}/", "t.yaml:8:1",
            "`{origi}` in `{origi}/.default` names no value; did you mean `{origin}`?"
        ),
        ("id: id, rem", "id: a//b, rem", "t.yaml:15:60", "a name in the path is empty"),
        (
            "next: next, key", "next: [], key", "t.yaml:14:53",
            "expected a path such as `from/address`, found a list"
        ),
        (
            "action: skip", "action: skp", "t.yaml:20:31",
            "`skp` is not known here; did you mean `skip`?"
        ),
        (
            "status: [404]", "status: [4040]", "t.yaml:20:17",
            "`4040` is out of range; expected 100 to 599"
        ),
        (
            "oauth2_client_credentials", "oauth2", "t.yaml:10:13",
            "`oauth2` is not known here; use one of `oauth2_client_credentials`"
        ),
        (
            "type: list", "type: lsit", "t.yaml:6:17",
            "`lsit` is not known here; did you mean `list`?"
        ),
        ("kind: thing, ", "", "t.yaml:21:1", "required key `kind` is missing"),
        (
            "each: rooms", "each: room", "t.yaml:13:1",
            "`each` is `room`, which is no list in `scope`; did you mean `rooms`?"
        ),
        (
            "each: rooms", "each: since", "t.yaml:13:1",
            "`each` is `since`, which is no list in `scope`"
        ),
        (
            "since: {scope: since", "since: {scope: sinc", "t.yaml:15:1",
            "`since` is `sinc`, which is no date in `scope`; did you mean `since`?"
        ),
        (
            "key: id, name: name", "key: id, name: name, select: room", "t.yaml:14:1",
            "`select` is `room`, which is no list in `scope`; did you mean `rooms`?"
        ),
        (
            "definition: things\n", "definition: things\ndefinition: twice\n", "t.yaml:2:1",
            "duplicate key `definition`"
        ),
        ("{type: text,", "{type: text", "t.yaml:3:", ""),
        (
            "request: \"/{room}\"", "request: \"/{client_secret}\"", "t.yaml:14:1",
            "`{client_secret}` in `/{client_secret}` is a secret"
        ),
        (
            "{request: \"/{room}/{stream}\"",
            "{request: {path: \"/{room}\", query: {key: \"{client_secret}\"}}", "t.yaml:15:1",
            "`{client_secret}` in `{client_secret}` is a secret"
        ),
        (
            "id: id, rem", "id: id, source_id: \"{client_secret}/{id}\", rem", "t.yaml:15:1",
            "`{client_secret}` in `{client_secret}/{id}` is a secret"
        ),
        (
            "records: value, id: id, rem", "format: xml, records: '/a[', id: id, rem",
            "t.yaml:15:1", "`/a[`: "
        ),
        (
            "{kind: delta, link: delta}", "{kind: delta, link: delta, reconcile: 1d}",
            "t.yaml:16:73", "`reconcile` is not of this kind"
        ),
        (
            "{kind: delta, link: delta}", "{kind: snapshot, overlap: 1d}", "t.yaml:16:63",
            "`overlap` is not of this kind"
        ),
        (
            "{kind: link, path: next}", "{kind: offset, parameter: skip}", "t.yaml:15:1",
            "with changes of the kind `delta` one page must link to the next"
        ),
        (
            "as: room", "as: room, name: \"{client_secret}\"", "t.yaml:13:1",
            "`{client_secret}` in `{client_secret}` is a secret"
        ),
    ]

    @Test("a broken definition is refused with the place and the nearest name", arguments: mistakes)
    func broken(_ old: String, _ new: String, _ place: String, _ message: String) throws {
        let text = Self.whole.replacing(old, with: new)
        try #require(text != Self.whole)
        let (definition, problems) = Definition.decode(Source(path: "t.yaml", text: text))
        #expect(definition == nil)
        let problem = try #require(problems.first { $0.message.hasPrefix(message) }, "\(problems)")
        #expect("\(problem.location)".hasPrefix(place), "\(problem)")
        #expect(problem.severity == .error)
    }

    @Test("what the form of a scope's name gives is there for the list of streams alone")
    func formNames() {
        let text = Self.whole
            .replacing(
                "{request: \"/{room}\",",
                with: "{choose: [{form: \"{house}-x\", request: \"/{house}\"}],"
            ).replacing("/{room}/{stream}", with: "/{house}/{stream}")
        let (_, problems) = Definition.decode(Source(path: "t.yaml", text: text))
        #expect(problems.map(\.message) == ["`{house}` in `/{house}/{stream}` names no value"])
    }

    @Test("a file of nothing, of something else or of bytes is refused, not crashed on")
    func hostile() {
        for text in ["", "null", "[]", "7", "\u{0}", "{", "- - -", "a: b: c", "&a [*a]"] {
            let (definition, problems) = Definition.decode(Source(path: "t.yaml", text: text))
            #expect(definition == nil, "\(text)")
            #expect(!problems.isEmpty, "\(text)")
        }
    }
}
