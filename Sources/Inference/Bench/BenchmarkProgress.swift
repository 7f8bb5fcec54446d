import Synchronization

/// What the decoding sequences of a benchmark have done so far.
final class BenchmarkProgress: Sendable {
    struct Totals {
        /// Tokens that came after every sequence had its first.
        var counted = 0
        /// When every sequence had its first token.
        var start: ContinuousClock.Instant?
        var checksum: UInt64 = 0
        fileprivate var started: Set<Int32> = []
    }

    private let state = Mutex(Totals())
    private let sequences: Int

    init(sequences: Int) { self.sequences = sequences }

    var totals: Totals { state.withLock { $0 } }

    /// Counts a token of the sequence named by `sequence`.
    func note(_ token: Int32, of sequence: Int32) {
        state.withLock {
            $0.checksum &+= UInt64(UInt32(bitPattern: token)) &* 0x9e37_79b9_7f4a_7c15
            if $0.start != nil { $0.counted += 1 }
            guard $0.started.count < sequences else { return }
            $0.started.insert(sequence)
            if $0.started.count == sequences { $0.start = .now }
        }
    }
}
