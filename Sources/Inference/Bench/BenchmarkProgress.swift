import Synchronization

/// What the decoding sequences of a benchmark have done so far.
final class BenchmarkProgress: Sendable {
    private struct State {
        var started: Set<Int> = []
        /// When every sequence had its first token.
        var start: ContinuousClock.Instant?
        /// When the last token came.
        var end: ContinuousClock.Instant?
        /// Tokens that came after ``start``.
        var tokens = 0
    }

    private let state = Mutex(State())
    private let sequences: Int

    init(sequences: Int) { self.sequences = sequences }

    /// The time since every sequence had its first token, and the tokens in that time.
    var result: (duration: Duration, tokens: Int) {
        state.withLock { state in
            guard let start = state.start, let end = state.end else { return (.zero, 0) }
            return (end - start, state.tokens)
        }
    }

    /// Counts a token of a sequence.
    func note(_ sequence: Int) {
        state.withLock { state in
            guard state.start == nil else {
                state.tokens += 1
                state.end = .now
                return
            }
            state.started.insert(sequence)
            if state.started.count == sequences { state.start = .now }
        }
    }
}
