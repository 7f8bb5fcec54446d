/// SentencePiece merging by score, `llama` in GGUF files.
///
/// Blanks are written `▁` (U+2581). Merging runs over a whole stretch of text, from characters
/// up, and a character without a token becomes tokens of its bytes.
struct SentencePieceModel: Sendable {
    /// Whether a blank is put before the text, and after each control token in it.
    let addsSpacePrefix: Bool
    private let rule: Rule
    /// Whether some token has a blank right behind this byte.
    ///
    /// Behind any other nothing merges with a blank: cutting there first gives the same tokens,
    /// sooner.
    private let joinsBlank: [Bool]
    /// The token of each byte, or the unknown token, or nil.
    private let byteTokens: [Int32?]

    /// U+2581 in UTF-8.
    static let blank: [UInt8] = [0xE2, 0x96, 0x81]

    /// Reads `tokenizer.ggml.scores` and `tokenizer.ggml.add_space_prefix`.
    init(_ metadata: Metadata, vocabulary: Vocabulary) throws(ModelError) {
        addsSpacePrefix = try metadata.bool("tokenizer.ggml.add_space_prefix") ?? true
        let unknown = try metadata.integer(
            "tokenizer.ggml.unknown_token_id", in: 0...vocabulary.count - 1
        ).map(Int32.init)
        var byteTokens = [Int32?](repeating: unknown, count: 256)
        for index in 0..<vocabulary.count where vocabulary.types[index] == .byte {
            guard let byte = vocabulary.strings[Int32(index)].first else { continue }
            byteTokens[Int(byte)] = Int32(index)
        }
        self.byteTokens = byteTokens
        rule = try Rule(metadata, vocabulary: vocabulary)
        joinsBlank = Self.joinsBlank(vocabulary)
    }

    private static func joinsBlank(_ vocabulary: Vocabulary) -> [Bool] {
        var joins = [Bool](repeating: false, count: 256)
        for id in 0..<Int32(vocabulary.count) {
            let token = vocabulary.strings[id]
            guard token.contains(blank[0]) else { continue }
            for index in token.indices.dropFirst() where token[index...].starts(with: blank) {
                joins[Int(token[index - 1])] = true
            }
        }
        return joins
    }

    /// The end of the piece that begins at `start`, which lies before the end of `text`.
    private static func pieceEnd(
        from start: Int, in text: UnsafeBufferPointer<UInt8>,
        _ joinsBlank: UnsafeBufferPointer<Bool>
    ) -> Int {
        var index = start + 1
        while index + 2 < text.count {
            // U+2581.
            if text[index] == 0xE2, text[index + 1] == 0x96, text[index + 2] == 0x81,
                !joinsBlank[Int(text[index - 1])]
            {
                return index
            }
            index += 1
        }
        return text.count
    }

    /// Appends the tokens of one stretch of text between control tokens.
    func encode(
        _ text: UnsafeBufferPointer<UInt8>, vocabulary: Vocabulary, into tokens: inout [Int32]
    ) {
        var spelled: [UInt8] = []
        spelled.reserveCapacity(text.count + text.count / 2)
        if addsSpacePrefix { spelled += Self.blank }
        for byte in text {
            if byte == 0x20 { spelled += Self.blank } else { spelled.append(byte) }
        }
        var merger = PairMerger(rule)
        let byteTokens = byteTokens
        spelled.withUnsafeBufferPointer { spelled in
            func append(_ symbol: Int32, _ range: Range<Int>) {
                if vocabulary.isToken(symbol) { return tokens.append(symbol) }
                for byte in spelled[range] {
                    if let token = byteTokens[Int(byte)] { tokens.append(token) }
                }
            }
            joinsBlank.withUnsafeBufferPointer { joinsBlank in
                var start = 0
                while start < spelled.count {
                    let end = Self.pieceEnd(from: start, in: spelled, joinsBlank)
                    merger.merge(start..<end, of: spelled, append)
                    start = end
                }
            }
        }
    }

    /// The bytes of a token as text, with blanks for `▁`.
    static func text(of token: ArraySlice<UInt8>) -> [UInt8] {
        guard token.contains(blank[0]) else { return Array(token) }
        var text: [UInt8] = []
        var rest = token
        while let first = rest.first {
            if rest.starts(with: blank) {
                text.append(0x20)
                rest = rest.dropFirst(blank.count)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        return text
    }
}

extension SentencePieceModel {
    /// Characters begin as their tokens and merge into whatever is a token, best score first.
    struct Rule: MergeRule {
        private let strings: ByteStringTable
        /// Rank by token: 0 for the highest score, the same for equal scores.
        private let ranks: [UInt32]
        /// Stands for a character without a token.
        private static let unknown = Int32(-1)

        init(_ metadata: Metadata, vocabulary: Vocabulary) throws(ModelError) {
            let key = "tokenizer.ggml.scores"
            let scores = try metadata.requiredFloats(key)
            try metadata.check(scores.count, in: vocabulary.count...vocabulary.count, key: key)
            var ranks = [UInt32](repeating: 0, count: scores.count)
            var rank: UInt32 = 0
            var previous: Float?
            for index in scores.indices.sorted(by: { scores[$0] > scores[$1] }) {
                if let previous, previous != scores[index] { rank += 1 }
                previous = scores[index]
                ranks[index] = rank
            }
            self.ranks = ranks
            strings = vocabulary.strings
        }

        func symbol(
            at index: Int, in text: UnsafeBufferPointer<UInt8>
        ) -> (Int32, byteCount: Int) {
            let byteCount = CharacterClass.byteCount(lead: text[index])
            let token = strings.find(UnsafeBufferPointer(rebasing: text[index..<index + byteCount]))
            return (token ?? Self.unknown, byteCount)
        }

        func merge(
            _ left: Int32, _ right: Int32, covering range: Range<Int>,
            of text: UnsafeBufferPointer<UInt8>
        ) -> UInt64 {
            guard let token = strings.find(UnsafeBufferPointer(rebasing: text[range])) else {
                return PairTable.none
            }
            return UInt64(ranks[Int(token)]) << 32 | UInt64(token)
        }
    }
}
