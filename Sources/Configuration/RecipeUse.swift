package import YAML

/// A recipe a connector's documents go through, by name.
package struct RecipeUse: Sendable, Equatable {
    package let name: String
    /// The labels to choose from instead of the recipe's own; nil keeps those.
    package let labels: [String]?
    package let location: Location
}

extension RecipeUse {
    private static let name = Field(
        "name", Names.form.located(), "A shipped recipe, or one of your own.", example: "tags")
    private static let labels = Field(
        optional: "labels",
        .list(of: .text, count: 2...Limits.labels).checked { labels in
            Set(labels).count == labels.count ? nil : "a label stands in the list twice"
        },
        otherwise: "the recipe's own",
        "What a recipe with labels chooses from.",
        example: "[complaint, order, invoice, question, other]")

    private static let section = Section([name, labels]) { values, _ in
        RecipeUse(
            name: values[name].value, labels: values[labels], location: values[name].location)
    }

    static let list = Form<[RecipeUse]>.list(
        of: Names.form.located()
            .map { RecipeUse(name: $0.value, labels: nil, location: $0.location) }
            .or(.section(section)),
        count: 0...Limits.recipes)

    /// Reports names that stand in a list twice.
    static func checkRepeats(_ uses: [RecipeUse], _ reader: inout Reader) {
        var seen: Set<String> = []
        for use in uses where !seen.insert(use.name).inserted {
            reader.error(
                at: use.location, "the recipe \(quoted(use.name)) stands in this list already")
        }
    }
}
