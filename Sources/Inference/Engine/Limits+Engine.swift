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
    /// Labels of one scoring.
    package static let labels = 1024
    /// Tokens of one label; fewer than ``logitRows``, so that each fits a step.
    package static let labelTokens = 48
    /// Texts that end a generation.
    package static let stops = 16
}
