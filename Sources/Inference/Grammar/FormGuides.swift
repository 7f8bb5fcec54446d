import Synchronization

/// The forms an engine was asked for lately, ready for use.
final class FormGuides: Sendable {
    private struct State {
        /// Made when the first form comes.
        var trie: TokenTrie?
        var guides: [Form: FormGuide] = [:]
    }

    private let tokenizer: Tokenizer
    private let state = Mutex(State())

    init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

    /// The guide of a form; the first one takes as long as sorting the vocabulary.
    func guide(_ form: Form) throws(InferenceError) -> FormGuide {
        try state.withLock { (state) throws(InferenceError) in
            if let guide = state.guides[form] { return guide }
            let trie = state.trie ?? TokenTrie(tokenizer)
            state.trie = trie
            let guide = try FormGuide(form, trie)
            if state.guides.count >= Limits.forms { state.guides.removeAll() }
            state.guides[form] = guide
            return guide
        }
    }
}
