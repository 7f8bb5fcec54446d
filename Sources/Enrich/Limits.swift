/// What enrichment accepts from recipes, models and the queue.
enum Limits {
    static let recipeBytesMax = 1 << 20
    static let labelsMax = 200
    static let labelCharactersMax = 60
    static let tokensMaxRange = 1...4_096
    static let charactersMinRange = 0...1_000_000
    /// Tokens of a prompt beside the body: template, title and turn markers.
    static let titleCharactersMax = 500
    /// Wait for new jobs when there are none.
    static let pollInterval: Duration = .milliseconds(500)
    /// A job that takes longer is given up; a model that hangs must not hold its sequence.
    static let jobDurationMax: Duration = .seconds(600)
    /// Longest summary that is stored, in characters.
    static let outputCharactersMax = 20_000
}
