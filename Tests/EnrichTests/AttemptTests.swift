import Domain
import Enrich
import HTTPServer
import Inference
import JSON
import Testing

/// What becomes of answers that are not fit to be stored.
@Suite("Attempts", .timeLimit(.minutes(5)))
struct AttemptTests {
    private static let loop = String(repeating: "the pump is broken and ", count: 8)

    private func enrich(
        _ recipe: Recipe, language: String? = "en", _ answers: Served...
    ) async throws -> (made: Result<Enrichment, EnrichError>, asked: [JSON]) {
        let server = try ChatServer(answers[0])
        defer { server.stop() }
        server.script(answers)
        let model = try server.model()
        defer { model.shutdown() }
        let configured = try ConfiguredRecipe(recipe: recipe, models: [TestModel.make(model)])
        do throws(EnrichError) {
            let made = try await Enricher(configured).enrich(mail(complaint, language: language))
            return (.success(made), server.asked.map(\.json))
        } catch { return (.failure(error), server.asked.map(\.json)) }
    }

    @Test("an unfit answer is asked for once more, in another way")
    func second() async throws {
        let (made, asked) = try await enrich(
            .short("{{body}}"), .chat(Self.loop), .chat("A pump failed after two weeks."))
        let enrichment = try made.get()
        #expect(enrichment.output == .text("A pump failed after two weeks.", method: .generated))
        #expect(enrichment.parameters["refused"] == "repetitive")
        #expect(enrichment.promptTokens == 22 && enrichment.outputTokens == 14)
        #expect(asked.count == 2)
        #expect(asked[0]["frequency_penalty"] == nil)
        #expect(asked[1]["frequency_penalty"]?.doubleValue ?? 0 > 0)
    }

    @Test("a second attempt is told what was wrong with the first")
    func remark() async throws {
        let german = "Die Pumpe ist nach zwei Wochen ausgefallen, der Kunde verlangt Ersatz."
        let (made, asked) = try await enrich(
            .short("{{body}}"), .chat(german), .chat("A pump failed after two weeks."))
        #expect(try made.get().parameters["refused"] == "language")
        let last = asked.last?["messages"]?.arrayValue?.last?["content"]?.stringValue
        #expect(last?.hasSuffix("\nAnswer in English.") == true)
    }

    @Test("after two unfit answers the document's own sentences stand, with the reason")
    func extractive() async throws {
        let (made, asked) = try await enrich(
            .short("{{body}}"), .chat("It costs 99,999 pounds."), .chat("It costs 99,999 pounds."))
        let enrichment = try made.get()
        guard case .text(let text, .extractive) = enrichment.output else {
            Issue.record("\(enrichment.output)")
            return
        }
        let own = complaint.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for sentence in Sentences.split(text, countMax: 10) { #expect(own.contains(sentence)) }
        #expect(text.count > 60)
        #expect(enrichment.parameters["refused"] == "figures")
        #expect(asked.count == 2)
    }

    @Test("where nothing may stand in for it, the job fails for good and says why")
    func refused() async throws {
        var recipe = Recipe.short("{{body}}")
        recipe.fallback = .none
        let (made, asked) = try await enrich(recipe, .chat(Self.loop), .chat(Self.loop))
        guard case .failure(let error) = made else {
            Issue.record("\(made)")
            return
        }
        #expect(error == .refused(.repetitive))
        #expect(!error.isTransient && error.reason == "output_refused")
        #expect("\(error)" == "the model's answer was refused twice: it goes round in circles")
        #expect(asked.count == 2)
    }

    private static func form() throws -> Form {
        try Form([
            Form.Field("name", .string(maxLength: 20)), Form.Field("count", .integer),
            Form.Field("kind", .choice(["pump", "valve"])),
            Form.Field("words", .strings(maxLength: 10, maxItems: 2)),
        ])
    }

    @Test("fields are asked for by their schema, and come in their order")
    func fields() async throws {
        let answer = """
            ```json
            {"words": ["a", "a"], "count": 3, "kind": "pump", "name": "P-204\\u0000"}
            ```
            """
        let recipe = Recipe.short("{{body}}", output: .fields(try Self.form()))
        let (made, asked) = try await enrich(recipe, .chat(answer))
        guard case .fields(let fields) = try made.get().output else {
            Issue.record("\(made)")
            return
        }
        #expect(
            fields.serialized() == #"{"name":"P-204","count":3,"kind":"pump","words":["a"]}"#)
        let schema = asked.first?["response_format"]?["json_schema"]?["schema"]
        #expect(schema?["required"] == ["name", "count", "kind", "words"])
        #expect(schema?["properties"]?["name"]?["maxLength"] == 20)
        #expect(schema?["additionalProperties"] == false)
    }

    static let unfit = [
        "", "no JSON", "[]", "{}", #"{"name":"a","count":1,"kind":"pump"}"#,
        #"{"name":"a","count":1,"kind":"pump","words":[],"more":1}"#,
        #"{"name":"a","count":"1","kind":"pump","words":[]}"#,
        #"{"name":"a","count":1.5,"kind":"pump","words":[]}"#,
        #"{"name":"a","count":1,"kind":"tap","words":[]}"#,
        #"{"name":"a","count":1,"kind":"pump","words":["a","b","c"]}"#,
        #"{"name":"a","count":1,"kind":"pump","words":[1]}"#,
        #"{"name":"123456789012345678901","count":1,"kind":"pump","words":[]}"#,
        #"{"name":null,"count":1,"kind":"pump","words":[]}"#,
        String(repeating: #"{"a":"#, count: 1000),
    ]

    @Test("what is not of the form is refused, whoever wrote it", arguments: unfit)
    func notOfTheForm(_ answer: String) async throws {
        #expect(FieldCheck.fields(in: answer, try Self.form()) == nil)
    }

    @Test("an answer that is not of the form twice fails the job")
    func fieldsRefused() async throws {
        let recipe = Recipe.short("{{body}}", output: .fields(try Self.form()))
        let (made, asked) = try await enrich(recipe, .chat("no JSON"), .chat("{}"))
        #expect(made == .failure(.refused(.form)))
        #expect(asked.count == 2)
    }

    @Test("a model in memory fills in the shipped forms")
    func local() async throws {
        for name in ["seo", "product-sheet"] {
            let recipe = try #require(Recipe.builtIn().recipes[name])
            let configured = try ConfiguredRecipe(recipe: recipe, models: [TestModel.model])
            let made = try await Enricher(configured).enrich(mail(complaint))
            guard case .fields(let fields) = made.output, case .fields(let form) = recipe.output
            else {
                Issue.record("\(made.output)")
                continue
            }
            #expect(fields.objectMembers?.pairs.map(\.name) == form.fields.map(\.name))
        }
    }
}

@Suite("Conversation")
struct ConversationTests {
    @Test("has each message behind its author, the earlier ones it quotes left out")
    func text() throws {
        let first = mail("The pump is broken.", title: "Pump", author: "kim@example.com")
        let second = mail(
            "We send another.\n> The pump is broken.", title: "Re: Pump", author: "us@example.com")
        let document = try #require(Conversation.document([first, second]))
        #expect(document.title == "Pump" && document.author == "us@example.com")
        #expect(
            document.body == """
                ## kim@example.com

                The pump is broken.

                ## us@example.com

                We send another.
                """)
        #expect(Conversation.document([]) == nil)
    }
}
