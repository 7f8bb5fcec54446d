import Configuration
import Testing
import YAML

struct ExplainTests {
    @Test func aFieldIsExplainedFromTheTableThatDecodesIt() throws {
        #expect(
            try Configuration.explain("deletions.hold_above", SampleDefinitions.all) == """
                connectors.d/*.yaml

                deletions.hold_above: percentage

                  More of a scope than this, and 25 documents at least, vanishing in one pass
                  waits for approval.

                  Default: 20%

                """)
    }

    @Test func aSectionListsItsKeys() throws {
        let text = try Configuration.explain("models", SampleDefinitions.all)
        #expect(text.contains("models: list of sections"))
        #expect(text.contains("    context_length  integer from 128 to 1048576\n"))
        #expect(text.contains("    name            name, required\n"))
    }

    @Test func whatAModelTakesIsExplained() throws {
        #expect(
            try Configuration.explain("models.chat_template", SampleDefinitions.all) == """
                docket.yaml

                models.chat_template: chatml | llama3 | gemma | phi3 | mistral | zephyr

                  How the model tells the turns of a conversation apart.

                  Optional: what the file says.
                  Example: chat_template: chatml

                """)
        #expect(
            try Configuration.explain("models.api_key", SampleDefinitions.all) == """
                docket.yaml

                models.api_key: secret reference

                  What the remote server asks for.

                  Optional: none.
                  Example: api_key: ${credential:vllm}

                """)
    }

    @Test func aDefinitionsOwnFieldsAreExplainedUnderItsName() throws {
        let text = try Configuration.explain("scope.folders", SampleDefinitions.all)
        #expect(text.hasPrefix("connector: outlook\n\nscope.folders: list of text\n"))
        #expect(text.contains("Example: folders: [inbox, archive]"))
    }

    @Test func theDefinitionsThereAreAreListed() throws {
        let text = try Configuration.explain("connector", SampleDefinitions.all)
        #expect(text.hasSuffix("  Known: outlook, sap-idoc\n"))
    }

    @Test func anUnknownNameLeadsToTheNearest() {
        #expect(throws: Explanation.Unknown(name: "admin.lisen", nearest: "admin.listen")) {
            try Configuration.explain("admin.lisen", SampleDefinitions.all)
        }
        #expect(throws: Explanation.Unknown(name: "zzzzzz", nearest: nil)) {
            try Configuration.explain("zzzzzz", SampleDefinitions.all)
        }
    }

    @Test func theOverviewListsEveryTopLevelKey() throws {
        let text = try Configuration.explain("", SampleDefinitions.all)
        for field in Configuration.mainFields + Configuration.connectorFields(nil) {
            #expect(text.contains("\n\(field.name) "))
        }
    }

    @Test func everyDefaultAndExampleIsAccepted() {
        let fields =
            Configuration.mainFields + Configuration.connectorFields(nil)
            + SampleDefinitions.all.connectors.values.flatMap(Configuration.connectorFields)
        var reader = Reader(Source(path: "fields", text: ""))
        var pending = fields
        var count = 0
        while let field = pending.popLast() {
            field.checkTexts(&reader)
            pending += field.shape.fields
            count += 1
        }
        #expect(reader.diagnostics.map(\.message) == [])
        #expect(count > 60)
    }
}
