import Store

/// Recipes that are run on the same models, and so share their places.
///
/// A model that is slow or away takes no places from others.
struct Lane: Sendable {
    let recipes: [RecipeVersion]
    let models: [LoadedModel]

    /// One for each list of models that recipes have.
    static func lanes(_ recipes: some Sequence<ConfiguredRecipe>) -> [Lane] {
        var names: [[String]] = []
        var groups: [[ConfiguredRecipe]] = []
        for recipe in recipes {
            let own = recipe.models.map(\.name)
            if let index = names.firstIndex(of: own) {
                groups[index].append(recipe)
            } else {
                names.append(own)
                groups.append([recipe])
            }
        }
        return groups.map { group in
            Lane(recipes: group.map(\.version), models: group.first?.models ?? [])
        }
    }

    /// Jobs that its models take on side by side now.
    func places(at now: ContinuousClock.Instant) -> Int {
        models.reduce(0) { $0 + $1.model.availability(at: now).places }
    }

    /// Whether one of its models is away and likely to be back soon.
    func isAwaited(at now: ContinuousClock.Instant) -> Bool {
        models.contains { $0.model.availability(at: now).isAwaited }
    }
}
