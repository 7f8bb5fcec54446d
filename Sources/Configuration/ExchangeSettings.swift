import YAML

/// Whether what models are asked and answer is kept, and how long.
enum ExchangeSettings {
    private static let keep = Field(
        optional: "keep", .duration(Limits.keeping), otherwise: "none is kept",
        "How long prompts and answers are kept, with the texts of documents that stand in them, to "
            + "improve models of your own; `docket exchanges export` prints them.", example: "90d")

    static let section = Section<Duration?>([keep]) { values, _ in .some(values[keep]) }
}
