import Domain
import Enrich
import Inference
import Testing

@Suite("ConfiguredRecipe")
struct ConfiguredRecipeTests {
    private func recipe(
        name: String = "r", kinds: Set<String> = [], charactersMin: Int = 1,
        output: Recipe.Output = .text, tokensMax: Int = 10, system: String? = "s",
        user: String = "u", change: (inout Recipe) -> Void = { _ in }
    ) -> Recipe {
        var recipe = Recipe(
            name: name, description: "d", output: output, tokensMax: tokensMax, user: user)
        (recipe.kinds, recipe.charactersMin, recipe.system) = (kinds, charactersMin, system)
        change(&recipe)
        return recipe
    }

    private func fingerprint(_ recipe: Recipe, _ models: LoadedModel...) throws -> [UInt8] {
        let models = try models.isEmpty ? [TestModel.model] : models
        return try ConfiguredRecipe(recipe: recipe, models: models).rule.fingerprint
    }

    @Test("the same recipe and models are the same fingerprint of 32 bytes")
    func stable() throws {
        let first = try fingerprint(recipe(output: .labels(["a", "b"])))
        #expect(first.count == 32)
        for _ in 0..<20 {
            #expect(try fingerprint(recipe(output: .labels(["a", "b"]))) == first)
        }
        let model = try TestModel.model.model
        let languages: Set = ["de", "en", "fr", "it", "nl"]
        let one = TestModel.make(model, languages: languages)
        let other = TestModel.make(model, languages: Set(languages.sorted().reversed()))
        #expect(try fingerprint(recipe(), one) == fingerprint(recipe(), other))
    }

    @Test("whatever decides a result changes it, and no two changes are the same")
    func changes() throws {
        let model = try TestModel.model.model
        let recipes = [
            recipe(), recipe(name: "q"), recipe(tokensMax: 11), recipe(system: "t"),
            recipe(system: nil), recipe(system: ""), recipe(user: "v"),
            recipe(system: "s\nu", user: "u"), recipe(system: "s", user: "u\nu"),
            recipe(system: nil, user: "s\nu"), recipe(output: .labels(["a", "b"])),
            recipe(output: .labels(["b", "a"])), recipe(output: .labels(["a", "c"])),
            recipe(output: .labels(["a, b"])), recipe(output: .labels(["text"])),
            recipe(output: .labels(["a\",\"b"])), recipe { $0.input = .thread },
            recipe { $0.longDocuments = .mapReduce }, recipe { $0.fallback = .none },
            recipe(output: .fields(try Form([Form.Field("a", .boolean)]))),
            recipe(output: .fields(try Form([Form.Field("a", .string(maxLength: 5))]))),
            recipe(output: .fields(try Form([Form.Field("b", .boolean)]))),
        ]
        var all = try recipes.map { try fingerprint($0) }
        let models = [
            TestModel.make(model, sha256: [2]), TestModel.make(model, name: "other"),
            TestModel.make(model, languages: ["en"]),
            TestModel.make(model, languages: ["en", "de"]),
            try TestModel.small,
        ]
        all += try models.map { try fingerprint(recipe(), $0) }
        all.append(try fingerprint(recipe(), models[0], models[1]))
        all.append(try fingerprint(recipe(), models[1], models[0]))
        #expect(Set(all).count == all.count)
    }

    @Test("for which documents it is does not change what it makes of them")
    func scope() throws {
        let wide = try ConfiguredRecipe(recipe: recipe(), models: [TestModel.model]).rule
        let narrow = try ConfiguredRecipe(
            recipe: recipe(kinds: ["email"], charactersMin: 50), models: [TestModel.model]
        ).rule
        #expect(wide.fingerprint == narrow.fingerprint)
        #expect(narrow.kinds == ["email"] && narrow.charactersMin == 50 && narrow.recipe == "r")
    }
}
