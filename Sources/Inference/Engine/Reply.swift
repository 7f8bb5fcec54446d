import Synchronization

/// A reply as it is written: collects tokens and text, and knows when it has ended.
final class Reply: Sendable {
    private struct State {
        var decoder = TextDecoder()
        var tokens: [Int32] = []
        var text = ""
        /// Bytes of `text` that have been reported.
        var reportedByteCount = 0
        var finish = Generation.Finish.length
    }

    private let tokenizer: Tokenizer
    private let stops: [String]
    private let report: (@Sendable (String) -> Void)?
    /// Bytes at the end that may turn out to be the beginning of a stop text.
    private let heldByteCount: Int
    private let state = Mutex(State())

    init(
        tokenizer: Tokenizer, stops: [String], report: (@Sendable (String) -> Void)?
    ) {
        self.tokenizer = tokenizer
        self.stops = stops.filter { !$0.isEmpty }
        self.report = report
        heldByteCount = max(0, (self.stops.map(\.utf8.count).max() ?? 0) - 1)
    }

    /// Takes the next token.
    ///
    /// - Returns: Whether the reply goes on.
    func append(_ token: Int32) -> Bool {
        let (news, goesOn) = state.withLock { state in
            if tokenizer.endOfGeneration.contains(token) {
                state.finish = .endOfGeneration
                return ("", false)
            }
            state.tokens.append(token)
            var bytes = tokenizer.bytes(of: token)
            if tokenizer.addsSpacePrefix, state.tokens.count == 1, bytes.first == 0x20 {
                bytes.removeFirst()
            }
            state.text += state.decoder.append(bytes)
            if let end = firstStop(in: state.text) {
                state.text = String(state.text[..<end])
                state.finish = .stop
                return ("", false)
            }
            return (unreported(&state, holding: heldByteCount), true)
        }
        if !news.isEmpty { report?(news) }
        return goesOn
    }

    /// The whole reply, once no token will come.
    func finish(promptTokens: Int, _ output: Output) -> Generation {
        let (news, generation) = state.withLock { state in
            if output.isComplete { state.finish = .endOfGeneration }
            if state.finish != .stop { state.text += state.decoder.finish() }
            let news = unreported(&state, holding: 0)
            return (
                news,
                Generation(
                    text: state.text, tokens: state.tokens, promptTokens: promptTokens,
                    outputTokens: output.tokenCount, finish: state.finish)
            )
        }
        if !news.isEmpty { report?(news) }
        return generation
    }

    private func firstStop(in text: String) -> String.Index? {
        stops.compactMap { text.firstRange(of: $0)?.lowerBound }.min()
    }

    /// The text that was not reported yet, in whole characters, but for its last bytes.
    private func unreported(_ state: inout State, holding held: Int) -> String {
        let bytes = state.text.utf8
        guard bytes.count - held > state.reportedByteCount else { return "" }
        let start = bytes.index(bytes.startIndex, offsetBy: state.reportedByteCount)
        var end = bytes.index(bytes.endIndex, offsetBy: -held)
        while end > start, end.samePosition(in: state.text.unicodeScalars) == nil {
            end = bytes.index(before: end)
        }
        let news = String(state.text[start..<end])
        state.reportedByteCount += news.utf8.count
        return news
    }
}
