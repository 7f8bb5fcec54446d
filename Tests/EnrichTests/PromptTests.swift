import Enrich
import Inference
import Testing

@Suite("Prompt")
struct PromptTests {
    private func recipe(_ user: String, system: String? = nil, tokensMax: Int = 100) -> Recipe {
        .short(user, system: system, tokensMax: tokensMax)
    }

    private func messages(_ recipe: Recipe, _ body: String, title: String = "T") throws -> [String]
    {
        try Prompt(recipe: recipe).messages(
            for: mail(body, title: title), model: TestModel.small.model
        ).map(\.content)
    }

    @Test("every place gets its value once, in the system message too")
    func filling() throws {
        let recipe = recipe(
            "{{title}}|{{body}}|{{author}}|{{language}}|{{labels}}|{{body}}",
            system: "In {{language}}")
        #expect(try messages(recipe, "B") == ["In en", "T|B|kim@example.com|en||B"])
        #expect(try messages(self.recipe("{{body}}"), "B") == ["B"])
    }

    @Test(
        "a document that contains places is not filled again",
        arguments: [
            "{{title}}", "{{body}}", "{{", "}}", "{{unknown}}", "{{{{title}}}}", "a {{ b }} c",
        ])
    func data(_ text: String) throws {
        #expect(try messages(recipe("[{{title}}] [{{body}}]"), text) == ["[T] [\(text)]"])
        #expect(
            try messages(recipe("[{{title}}] [{{body}}]"), "B", title: text) == ["[\(text)] [B]"])
    }

    @Test("labels stand in the prompt in their order")
    func labels() throws {
        let recipe = recipe("{{labels}}?").with(labels: ["zeta", "alpha"])
        #expect(try messages(recipe, "B") == ["zeta, alpha?"])
    }

    @Test("a long body is cut so that prompt and answer fit the model's context")
    func cutting() throws {
        let model = try TestModel.small.model
        let body = (1...2000).map { "This is sentence \($0) of a long mail." }.joined(
            separator: " ")
        for tokensMax in [1, 100, 400] {
            let recipe = recipe("Sum up: {{body}} Thanks.", tokensMax: tokensMax)
            let messages = try Prompt(recipe: recipe).messages(for: mail(body), model: model)
            let count = try model.tokenCount(messages)
            #expect(count + tokensMax <= model.contextLength)
            #expect(count + tokensMax > model.contextLength / 2)
            #expect(messages[0].content.hasSuffix("of a long mail. Thanks."))
        }
    }

    @Test("a long title is cut too")
    func title() throws {
        let title = String(repeating: "ab ", count: 100_000)
        #expect(try messages(recipe("{{title}}"), "B", title: title)[0].count == 500)
    }
}
