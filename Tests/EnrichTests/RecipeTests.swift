import Domain
import Enrich
import Inference
import Testing
import YAML

@Suite("Recipe")
struct RecipeTests {
    @Test("the shipped recipes are right, and are what their page says")
    func shipped() throws {
        let (recipes, problems) = Recipe.builtIn()
        #expect(problems == [])
        #expect(
            recipes.keys.sorted() == [
                "feedback", "product-sheet", "reply-draft", "seo", "summary", "tags", "thread",
                "transcript",
            ])
        let summary = try #require(recipes["summary"])
        #expect(summary.output == .text)
        #expect(summary.charactersMin == 200)
        #expect(summary.kinds.isEmpty)
        #expect(summary.user.contains("{{body}}"))
        let tags = try #require(recipes["tags"])
        #expect(tags.charactersMin == 1)
        guard case .labels(let labels) = tags.output else {
            Issue.record("no labels")
            return
        }
        #expect(labels.contains("complaint") && labels.contains("other"))
        #expect(tags.with(labels: ["a", "b"]).output == .labels(["a", "b"]))
        #expect(tags.with(labels: ["a", "b"]).user == tags.user)
    }

    @Test(
        "the prompts of the recipes that all documents get begin alike, so that a document is computed once"
    )
    func common() throws {
        let (engine, model) = (try TestModel.engine, try TestModel.model.model)
        let recipes = Recipe.builtIn().recipes
        let prompts = try ["summary", "tags"].map { name in
            try engine.prompt(
                Prompt(recipe: try #require(recipes[name]))
                    .messages(for: mail(complaint), model: model))
        }
        let common = zip(prompts[0], prompts[1]).prefix { $0 == $1 }.count
        #expect(common >= engine.tokenCount(complaint), "\(common) tokens")
    }

    static let whole = """
        recipe: classes
        description: A class.
        applies_to: {kinds: [email], characters_min: 10}
        output: labels
        labels: [one, two]
        max_tokens: 20
        prompt:
          system: Sort.
          user: "{{title}} {{body}} {{labels}}"

        """

    @Test("a recipe says for which documents it is, and what it asks")
    func decoding() throws {
        let (recipe, problems) = decode(Self.whole)
        #expect(problems == [])
        #expect(recipe?.kinds == ["email"])
        #expect(recipe?.charactersMin == 10)
        #expect(recipe?.output == .labels(["one", "two"]))
        #expect(recipe?.tokensMax == 20)
        #expect(recipe?.system == "Sort.")
    }

    /// What to replace, by what, where the problem is, and what is said.
    static let mistakes: [(String, String, String, String)] = [
        (
            "output: labels", "output: label", "t.yaml:4:9",
            "`label` is not known here; did you mean `labels`?"
        ),
        ("output: labels", "output: text", "t.yaml:5:1", "`output: text` has no labels"),
        ("labels: [one, two]\n", "", "t.yaml:4:1", "`output: labels` needs `labels`"),
        ("[one, two]", "[one]", "t.yaml:5:1", "expected at least 2 items"),
        ("[one, two]", "[one, one]", "t.yaml:5:9", "a label stands here twice"),
        ("[one, two]", "[one, \"\"]", "t.yaml:5:15", "expected text, found an empty text"),
        ("[one, two]", "[one, \(String(repeating: "x", count: 61))]", "t.yaml:5:9", "the label"),
        (
            "{{title}}", "{{titel}}", "t.yaml:9:9",
            "`{{titel}}` names no value; known are {{author}}"
        ),
        ("{{title}}", "{{ title }}", "t.yaml:9:9", "`{{ title }}` names no value"),
        ("{{title}}", "{{}}", "t.yaml:9:9", "`{{}}` names no value"),
        ("max_tokens: 20", "max_tokens: 0", "t.yaml:6:13", "`0` is out of range"),
        (
            "max_tokens: 20", "max_tokns: 20", "t.yaml:6:1",
            "unknown key `max_tokns`; did you mean `max_tokens`?"
        ),
        ("characters_min: 10", "characters_min: -1", "t.yaml:3:46", "`-1` is out of range"),
        ("recipe: classes", "recipe: Classes!", "t.yaml:1:9", "`Classes!` is no name"),
        (
            "  user: \"{{title}} {{body}} {{labels}}\"\n", "", "t.yaml:7:1",
            "required key `user` is missing"
        ),
    ]

    @Test("a broken recipe is refused with the place and the nearest name", arguments: mistakes)
    func broken(_ old: String, _ new: String, _ place: String, _ message: String) throws {
        let text = Self.whole.replacing(old, with: new)
        try #require(text != Self.whole)
        let (recipe, problems) = decode(text)
        #expect(recipe == nil)
        let problem = try #require(problems.first { $0.message.hasPrefix(message) }, "\(problems)")
        #expect("\(problem.location)" == place, "\(problem)")
    }

    private func decode(_ text: String) -> (Recipe?, [Diagnostic]) {
        var reader = Reader(Source(path: "t.yaml", text: text))
        let recipe = Node.parse(&reader).flatMap { Recipe.section.decode($0, &reader) }
        return (recipe, reader.sorted)
    }
}
