import JSON

extension Limits {
    /// Name, TCP and TLS together.
    static let connectTimeout: Duration = .seconds(10)
    /// For a question that takes no model to answer.
    static let listTimeout: Duration = .seconds(20)
    static let answerBytesMax = 4 << 20
    /// Usage counts beyond this are no counts.
    static let usageTokensMax = 10_000_000
    /// Characters of a server's own words in an error.
    static let serverWordsMax = 200
    /// Tokens that a chat template puts around a message, and around all of them.
    static let tokensAroundMessage = 8
    static let tokensAroundMessages = 32
    /// The most that servers commonly give.
    static let alternativesAsked = 20
    /// Alternatives and tokens looked at, whatever was asked for.
    static let alternativesMax = 256
    static let tokenBytesMax = 1024
    /// From here on the probabilities speak of the labels, whatever the answer's words are.
    static let labelMassSure = 0.5
    /// Less than this and they say nothing about them.
    static let labelMassMin = 0.01
    /// Models of a server's list that are looked at.
    static let listedModelsMax = 10_000

    /// Failures in a row that open the circuit.
    static let failuresMax = 5
    /// The first pause; each further one is twice as long.
    static let pauseMin: Duration = .seconds(1)
    static let pauseMax: Duration = .seconds(300)
    /// Pauses, their length, and the time after them, for which a run that is to end waits.
    static let openingsAwaited = 5
    static let pauseAwaitedMax: Duration = .seconds(60)
    static let probeGrace: Duration = .seconds(10)

    static var answerJSON: JSONLimits {
        var limits = JSONLimits()
        limits.byteCountMax = answerBytesMax
        limits.depthMax = 16
        limits.valueCountMax = 100_000
        return limits
    }
}
