import Synchronization

/// A form in the tokens of a model: what may come, what must come, and what ends it.
final class FormGuide: Sendable {
    let automaton: FormAutomaton
    /// Tokens every reply begins with, and the state after them.
    let opening: (tokens: [Int32], state: FormState)
    private let trie: TokenTrie
    /// Whether every byte of a character is a token, so that one that was begun can be finished.
    private let opensCharacters: Bool
    private let masks = Mutex<[FormState: TokenMask]>([:])

    /// - Parameters:
    ///   - form: What replies look like.
    ///   - trie: The model's vocabulary.
    /// - Throws: ``InferenceError/invalidRequest(reason:)`` when it cannot spell what JSON needs.
    init(_ form: Form, _ trie: TokenTrie) throws(InferenceError) {
        let automaton = FormAutomaton(form)
        (self.automaton, self.trie) = (automaton, trie)
        let start = automaton.forced(from: automaton.start)
        // With each of these bytes a token, there is always one that leads on.
        let needed = Set(form.texts.flatMap(\.utf8)).union(0x20...0x7E)
        guard let tokens = trie.spell(start.bytes),
            needed.allSatisfy({ trie.token(of: $0) != nil })
        else {
            throw .invalidRequest(reason: "the model has no tokens for the characters of the form")
        }
        opening = (tokens, start.state)
        opensCharacters = (0x80...0xBF).allSatisfy { trie.token(of: $0) != nil }
    }

    /// Tokens that a reply has at least.
    var leastTokenCount: Int { opening.tokens.count + cost(of: opening.state) }

    /// The tokens that may come next; at least one unless the form is complete.
    ///
    /// Inside of a character only those that do not reach beyond it, so that each brings the
    /// form nearer to where it can be closed.
    func mask(for state: FormState) -> TokenMask {
        let state = automaton.representative(state, longest: trie.longest)
        if let mask = masks.withLock({ $0[state] }) { return mask }
        let open = state.openByteCount
        let mask = trie.allowed(
            by: automaton, from: state, byteCountMax: open == 0 ? .max : open,
            opensCharacters: opensCharacters)
        masks.withLock {
            if $0.count >= Limits.formMasks { $0.removeAll(keepingCapacity: true) }
            $0[state] = mask
        }
        return mask
    }

    /// The state after a token.
    func advance(_ state: FormState, _ token: Int32, _ tokenizer: Tokenizer) -> FormState? {
        automaton.advance(state, tokenizer.bytes(of: token))
    }

    /// The tokens that must come, and the state after them.
    func forced(from state: FormState) -> (tokens: [Int32], state: FormState) {
        let run = automaton.forced(from: state)
        return (trie.spell(run.bytes) ?? [], run.state)
    }

    /// The shortest way to complete the form.
    ///
    /// - Precondition: The state is not inside of a character.
    func closing(from state: FormState) -> [Int32] {
        trie.spell(automaton.completion(from: state)) ?? []
    }

    /// Tokens that the form needs from a state on, however long the character takes it is in.
    func cost(of state: FormState) -> Int {
        guard state.openByteCount > 0 else { return closing(from: state).count }
        var whole = state
        whole.phase = .plain
        return state.openByteCount + closing(from: whole).count
    }
}

/// A reply that fills in a form.
struct FormProgress: Sendable {
    let guide: FormGuide
    private(set) var state: FormState
    /// Whether the reply was ended before the model would have ended it.
    private(set) var isCutShort = false

    init(_ guide: FormGuide) { (self.guide, state) = (guide, guide.opening.state) }

    var isComplete: Bool { state == guide.automaton.end }

    /// Takes a token the model has chosen.
    ///
    /// As long as tokens last, what must follow it is added. When they run out, the form is
    /// closed in its stead, or right behind it; there is always room for that.
    ///
    /// - Parameters:
    ///   - token: One of those the mask allows.
    ///   - left: Tokens the reply may still have, this one included; at least the state's cost.
    ///   - tokenizer: Knows the token's bytes.
    /// - Returns: The tokens to add to the reply.
    mutating func take(_ token: Int32, left: Int, _ tokenizer: Tokenizer) -> [Int32] {
        if let after = guide.advance(state, token, tokenizer) {
            let run = guide.forced(from: after)
            if 1 + run.tokens.count + guide.cost(of: run.state) <= left {
                state = run.state
                return [token] + run.tokens
            }
            if after.openByteCount == 0 {
                let closing = guide.closing(from: after)
                if 1 + closing.count <= left { return close([token] + closing) }
            }
        }
        return close(guide.closing(from: state))
    }

    private mutating func close(_ tokens: [Int32]) -> [Int32] {
        (state, isCutShort) = (guide.automaton.end, true)
        return tokens
    }
}
