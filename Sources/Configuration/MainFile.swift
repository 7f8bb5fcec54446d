import YAML

/// What stands in the main file itself.
struct MainFile: Sendable {
    let stateDirectory: String
    let database: DatabaseSettings?
    let models: [ModelSettings]
    let recipes: [RecipeUse]
    let admin: AdminSettings
    let log: LogSettings
    let exchangeDuration: Duration?
}

extension MainFile {
    private static let stateDirectory = Field(
        "state_dir", .path, default: "/var/lib/docket",
        "Where docket keeps what it needs between runs: models, its own database.")
    private static let database = Field(
        optional: "database", .section(DatabaseSettings.section),
        otherwise: "a private cluster in `state_dir`/postgres", "The database docket files into.")
    private static let models = Field(
        "models", .list(of: .section(ModelSettings.section), count: 0...Limits.models),
        default: "[]",
        "The models recipes run on; without any, docket only files.")
    private static let recipes = Field(
        "recipes", RecipeUse.list, default: "[summary, tags]",
        "Recipes for the connectors that name none: names, or a name and its labels.",
        example: "[summary, {name: tags, labels: [complaint, order, other]}]")
    private static let admin = Field(
        "admin", .section(AdminSettings.section), default: "{}",
        "The admin server: /livez, /readyz and /metrics.")
    private static let log = Field("log", .section(LogSettings.section), default: "{}", "The log.")
    private static let exchanges = Field(
        "exchanges", .section(ExchangeSettings.section), default: "{}",
        "What models are asked and answer, kept to improve models of your own.")
    private static let include = Field(
        "include",
        .list(
            of: Form<String>.text(named: "glob").located(), count: 0...Limits.includePatterns),
        default: "[connectors.d/*.yaml, recipes.d/*.yaml]",
        "Files to read beside this one, relative to it; `*` and `?` match within a name.")

    static let section = Section<MainFile>(
        [stateDirectory, database, models, recipes, admin, log, exchanges, include],
        checks: [
            { values, reader in
                RecipeUse.checkRepeats(values.find(recipes) ?? [], &reader)
                var lines: [String: Int] = [:]
                for model in values.find(models) ?? [] {
                    if let line = lines[model.name] {
                        reader.error(
                            at: model.location,
                            "the model \(quoted(model.name)) stands in line \(line) already")
                    } else {
                        lines[model.name] = model.location.line
                    }
                }
            }
        ]
    ) { values, _ in
        MainFile(
            stateDirectory: values[stateDirectory], database: values[database],
            models: values[models], recipes: values[recipes], admin: values[admin],
            log: values[log], exchangeDuration: values[exchanges])
    }

    /// What is included, even when other fields are wrong.
    ///
    /// - Parameters:
    ///   - root: The main file.
    ///   - reader: The one that reported the problems of the file already.
    /// - Returns: The patterns with their places; none when they are wrong themselves.
    static func patterns(in root: Node, of reader: Reader) -> [Located<String>] {
        guard case .mapping(let entries) = root.value else { return [] }
        var copy = reader
        let only = Node(.mapping(entries.filter { $0.key == include.name }), at: root.location)
        return Section<[Located<String>]>([include]) { values, _ in values[include] }
            .decode(only, &copy) ?? []
    }
}
