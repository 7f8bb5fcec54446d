/// The tokens of a vocabulary by their bytes, as a tree that is walked without looking back.
///
/// Its nodes lie in the order in which a walk visits them, each with the place behind its last
/// descendant, so that a branch that leads nowhere is passed over in one step.
struct TokenTrie: Sendable {
    private var bytes: [UInt8] = []
    /// Bytes from the root, this one included.
    private var depths: [UInt16] = []
    /// Index of the first node that is no descendant.
    private var ends: [Int32] = []
    /// The token that ends at a node, -1 if none does.
    private var tokens: [Int32] = []
    /// Bytes of the longest token.
    private(set) var longest = 0
    /// Tokens of the vocabulary, those without bytes included.
    let vocabularyCount: Int

    /// Takes every token that stands for bytes; of those that stand for the same, the one that
    /// texts are made of, and not the one for a lone byte.
    init(_ tokenizer: Tokenizer) {
        vocabularyCount = tokenizer.vocabularySize
        let sorted = (0..<Int32(vocabularyCount))
            .map { (bytes: tokenizer.bytes(of: $0), token: $0) }
            .filter { !$0.bytes.isEmpty }
            .sorted {
                if $0.bytes == $1.bytes {
                    let isByte = (tokenizer.isByte($0.token), tokenizer.isByte($1.token))
                    return isByte.0 == isByte.1 ? $0.token < $1.token : isByte.1
                }
                return $0.bytes.lexicographicallyPrecedes($1.bytes)
            }
        // Nodes from the root to the last one.
        var path: [Int] = []
        for (word, token) in sorted {
            let common = zip(path, word).prefix { bytes[$0.0] == $0.1 }.count
            for node in path[common...] { ends[node] = Int32(bytes.count) }
            path.removeSubrange(common...)
            for byte in word[common...] {
                path.append(bytes.count)
                bytes.append(byte)
                depths.append(UInt16(path.count))
                ends.append(0)
                tokens.append(-1)
            }
            if let last = path.last, tokens[last] < 0 { tokens[last] = token }
            longest = max(longest, word.count)
        }
        for node in path { ends[node] = Int32(bytes.count) }
    }

    /// The token that stands for a byte.
    func token(of byte: UInt8) -> Int32? { spell([byte])?.first }

    /// Tokens that stand for `text`, each as long as possible; nil when there are none.
    func spell(_ text: [UInt8]) -> [Int32]? {
        var result: [Int32] = []
        var rest = text[...]
        while !rest.isEmpty {
            var (node, end) = (0, bytes.count)
            var best: (token: Int32, count: Int)?
            for (index, byte) in rest.enumerated() {
                while node < end, bytes[node] != byte { node = Int(ends[node]) }
                guard node < end else { break }
                if tokens[node] >= 0 { best = (tokens[node], index + 1) }
                end = Int(ends[node])
                node += 1
            }
            guard let best else { return nil }
            result.append(best.token)
            rest.removeFirst(best.count)
        }
        return result
    }

    /// The tokens whose bytes an automaton takes.
    ///
    /// - Parameters:
    ///   - automaton: Says what may come.
    ///   - state: Where it stands.
    ///   - byteCountMax: Longer tokens are left out.
    ///   - opensCharacters: Whether a token may end inside of a character.
    /// - Returns: A bit for each token of the vocabulary.
    func allowed(
        by automaton: FormAutomaton, from state: FormState, byteCountMax: Int,
        opensCharacters: Bool
    ) -> TokenMask {
        var mask = TokenMask(count: vocabularyCount)
        var states = [FormState](repeating: state, count: longest + 1)
        var node = 0
        while node < bytes.count {
            let depth = Int(depths[node])
            guard depth <= byteCountMax,
                let next = automaton.advance(states[depth - 1], bytes[node])
            else {
                node = Int(ends[node])
                continue
            }
            states[depth] = next
            if tokens[node] >= 0, opensCharacters || next.openByteCount == 0 {
                mask.insert(tokens[node])
            }
            node += 1
        }
        return mask
    }
}

/// A set of tokens.
struct TokenMask: Sendable {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    mutating func insert(_ token: Int32) { words[Int(token) / 64] |= 1 << UInt64(token % 64) }

    func contains(_ token: Int32) -> Bool {
        words[Int(token) / 64] & 1 << UInt64(token % 64) != 0
    }
}
