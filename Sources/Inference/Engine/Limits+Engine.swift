extension Limits {
    /// Positions per sequence where nothing else is said.
    package static let contextLengthDefault = 4096
    /// Sequences computed together.
    package static let sequences = 1...256
    /// Requests that wait for their turn; more are turned away.
    package static let waitingRequests = 1024
    /// Threads of one engine.
    package static let threads = 1...256
    /// Rows of one step: long enough that the weights' way from memory is paid for, short enough
    /// that a sequence that decodes does not wait long.
    package static let stepRows = 512
    /// Rows of one step whose logits are computed, beyond one per sequence.
    package static let logitRows = 64
    /// Pages that are kept for prompts to come, at least; two thousand positions.
    static let keptPages = 64
    /// Pages in use for each that is kept beyond those.
    static let usedPagesPerKept = 8
    /// Labels of one scoring.
    package static let labels = 1024
    /// Tokens of one label; fewer than ``logitRows``, so that each fits a step.
    package static let labelTokens = 48
    /// Sequences computed together for guesses about the next tokens to pay: with more, the rows
    /// of wrong guesses cost what the right ones save.
    package static let draftSequences = 4
    /// Tokens of one guess.
    package static let draftTokens = 4
    /// Texts that end a generation.
    package static let stops = 16
    /// Failures of one check that are told one by one.
    package static let reportedFailures = 5
    /// Tokens of a prompt or an output that are measured.
    package static let benchmarkTokens = 1 << 20
    /// Bytes whose reading is measured: several times what caches hold.
    static let rooflineBytes = 512 << 20
    /// Rounds of arithmetic in one unit of the measurement; some tens of milliseconds in all.
    static let rooflineRounds = 20_000
    static let rooflineRepetitions = 7
}
