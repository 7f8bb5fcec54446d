/// Byte-level byte-pair encoding, `gpt2` in GGUF files.
///
/// Symbols are numbered like tokens; strings that merges mention and the vocabulary lacks have
/// numbers after the last token.
struct BytePairModel: Sendable {
    private let preTokenizer: PreTokenizer
    private let rule: Rule
    /// Whether a piece that is a token is taken whole, whatever its merges would make of it.
    private let takesWholePieces: Bool

    /// Reads `tokenizer.ggml.pre` and `tokenizer.ggml.merges`.
    init(_ metadata: Metadata, vocabulary: inout Vocabulary) throws(ModelError) {
        let nameKey = "tokenizer.ggml.pre"
        let name = try metadata.requiredString(nameKey)
        guard let preTokenizer = PreTokenizer(name: name) else {
            throw .unsupported(
                path: metadata.path, key: nameKey, value: name.excerpt, known: PreTokenizer.names)
        }
        self.preTokenizer = preTokenizer
        takesWholePieces = preTokenizer == .llama3(digitsMax: 3)
        rule = try Rule(metadata, vocabulary: &vocabulary)
    }

    /// Whether prompts begin with a beginning-of-text token unless the file says otherwise.
    var addsBOS: Bool { takesWholePieces }

    /// Appends the tokens of `text`; bytes the vocabulary lacks are left out.
    func encode(
        _ text: UnsafeBufferPointer<UInt8>, vocabulary: Vocabulary, into tokens: inout [Int32]
    ) {
        var merger = PairMerger(rule)
        var start = 0
        while start < text.count {
            let end = preTokenizer.pieceEnd(from: start, in: text)
            let piece = start..<end
            start = end
            if piece.count == 1 {
                let token = rule.byteSymbols[Int(text[piece.lowerBound])]
                if vocabulary.isToken(token) { tokens.append(token) }
                continue
            }
            if takesWholePieces, let token = vocabulary.strings.find(text[piece]),
                vocabulary.isToken(token)
            {
                tokens.append(token)
                continue
            }
            merger.merge(piece, of: text) { symbol, range in
                if vocabulary.isToken(symbol) { return tokens.append(symbol) }
                for byte in text[range] {
                    let token = rule.byteSymbols[Int(byte)]
                    if vocabulary.isToken(token) { tokens.append(token) }
                }
            }
        }
    }
}

extension BytePairModel {
    /// Bytes begin as symbols of their own and merge in the order the file lists.
    struct Rule: MergeRule {
        let byteSymbols: [Int32]
        private let pairs: PairTable

        /// Reads the merges, `left right` each, in the order of their ranks.
        init(_ metadata: Metadata, vocabulary: inout Vocabulary) throws(ModelError) {
            let key = "tokenizer.ggml.merges"
            let count = try metadata.requiredCount(key)
            try metadata.check(count, in: Limits.merges, key: key)
            byteSymbols = (0...UInt8.max).map { vocabulary.intern(CollectionOfOne($0)) }
            var pairs = PairTable(capacity: count)
            var rank = 0
            var left: [UInt8] = []
            var right: [UInt8] = []
            try metadata.eachString(key) { (merge) throws(ModelError) in
                left.removeAll(keepingCapacity: true)
                right.removeAll(keepingCapacity: true)
                guard let blank = merge.dropFirst().firstIndex(of: 0x20),
                    ByteAlphabet.decode(merge[..<blank], into: &left),
                    ByteAlphabet.decode(merge[merge.index(after: blank)...], into: &right),
                    !left.isEmpty, !right.isEmpty
                else {
                    throw .malformed(
                        path: metadata.path, place: "merge \(rank)",
                        reason: "is not a pair of texts")
                }
                let symbols = (vocabulary.intern(left), vocabulary.intern(right))
                let result = vocabulary.intern(left + right)
                pairs.insert(symbols.0, symbols.1, rank: rank, result: result)
                rank += 1
            }
            self.pairs = pairs
        }

        func symbol(
            at index: Int, in text: UnsafeBufferPointer<UInt8>
        ) -> (Int32, byteCount: Int) {
            (byteSymbols[Int(text[index])], 1)
        }

        func merge(
            _ left: Int32, _ right: Int32, covering range: Range<Int>,
            of text: UnsafeBufferPointer<UInt8>
        ) -> UInt64 {
            pairs.merge(left, right)
        }
    }
}
