/// What enrichment accepts from recipes, models and the queue.
enum Limits {
    static let labelsMax = 200
    static let labelCharactersMax = 60
    /// Room for the longest label and its end.
    static let labelTokens = 48
    static let tokensMaxRange = 1...4_096
    static let charactersMinRange = 0...1_000_000
    static let titleCharactersMax = 500
    /// Tokens that can appear where a body is joined to the text around it.
    static let joinTokens = 8
    /// Unicode scalars of a token in ordinary text, rather too many than too few.
    static let scalarsPerToken = 6
    /// No text has so many for each of its tokens that more would fit.
    static let scalarsPerTokenMax = 96
    /// Unicode scalars of one character that a cut keeps together.
    static let characterScalarsMax = 32
    /// Wait for new jobs when there are none, or for a database that does not answer.
    static let pollInterval: Duration = .milliseconds(500)
    /// How often the jobs of dead daemons are looked for.
    static let rescueInterval: Duration = .seconds(10)
    /// A job that takes longer is given up, so that it does not hold its sequence for ever.
    static let jobDurationMax: Duration = .seconds(900)
    /// An extractive summary's length, in characters.
    static let extractCharactersMax = 400
    static let outputCharactersMax = 20_000
    /// Characters of a heading that is put before a piece.
    static let headingCharactersMax = 200
    /// Pieces of one document that are read; of more, so many spread over all of it.
    static let chunksMax = 400
    /// Pieces that are read side by side, so that one document does not take all places.
    static let chunksAtOnce = 4
    /// Parts of a long document that a text speaks of, one after the other.
    static let partsMax = 3
    /// Makes words that were just written less probable in a second attempt.
    static let secondRepetitionPenalty = 1.2
    /// Texts that say nothing, by which a model's likings are told.
    static let neutralTexts = ["N/A", "...", "Hello."]
    /// Sentences that are looked at for an extract, and those ranked among them.
    static let sentencesMax = 400
    static let rankedSentencesMax = 20
    static let extractSentencesMax = 2
    /// Letters from which on a sentence says something.
    static let tellingWeightMin = 30
    /// First scalar of the scripts that put a word into one or two letters.
    static let denseScriptsFrom: UInt32 = 0x2E80
    /// How much of a sentence's worth is its nearness to the whole text; the rest is its place.
    static let nearnessWorth: Float = 0.7
    /// What a sentence loses that says what another one said.
    static let repetitionCost: Float = 0.4
    /// What is left of a prompt that turned out too long.
    static let shortenedShare = 0.5
}
