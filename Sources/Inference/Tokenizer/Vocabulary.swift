/// The tokens of a model: bytes and type of each, and the token of given bytes.
struct Vocabulary: Sendable {
    /// How a vocabulary writes the bytes of its tokens.
    enum Spelling: Sendable {
        /// With the letters of ``ByteAlphabet``, control and user-defined tokens excepted.
        case byteAlphabet
        /// As they are, with `▁` for a blank and `<0x0A>` for a byte token.
        case sentencePiece
    }

    /// Names of tokens that are control tokens even where a file calls them text: no document may
    /// end its turn, nor begin another's.
    static let controlNames = endNames.union(
        ChatFamily.allCases.flatMap { $0.marks + $0.optionalMarks }.map { Array($0.utf8) })

    /// Names of tokens that end a reply or a text in the families that have them.
    static let endNames = Set(
        [
            "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<end_of_turn>", "<|end|>",
            "<|endoftext|>", "<|end_of_text|>", "</s>", "<eos>",
        ].map { Array($0.utf8) })

    let types: [TokenType]
    private let spelling: Spelling
    /// Bytes of the tokens, and of whatever else a tokenizer numbers after them.
    ///
    /// Control tokens can not be found by their bytes: no text turns into one by merging.
    private(set) var strings: ByteStringTable

    /// Reads `tokenizer.ggml.tokens` and `tokenizer.ggml.token_type`.
    init(_ metadata: Metadata, spelling: Spelling) throws(ModelError) {
        let tokensKey = "tokenizer.ggml.tokens"
        let count = try metadata.requiredCount(tokensKey)
        try metadata.check(count, in: Limits.vocabulary, key: tokensKey)
        var types = try Self.types(metadata, count: count)
        var strings = ByteStringTable(capacity: count)
        var decoded: [UInt8] = []
        try metadata.eachString(tokensKey) { (bytes) throws(ModelError) in
            guard bytes.count <= Limits.tokenBytes else {
                throw .overLimit(
                    path: metadata.path, place: "token \(strings.count)",
                    limit: Limits.tokenBytes)
            }
            decoded.removeAll(keepingCapacity: true)
            let mayBeName = bytes.first == UInt8(ascii: "<") || bytes.first == UInt8(ascii: "[")
            if mayBeName, Self.controlNames.contains(Array(bytes)) {
                types[strings.count] = .control
            }
            switch (types[strings.count], spelling) {
            case (.control, _), (.unknown, _), (.userDefined, .byteAlphabet):
                strings.append(bytes, isFindable: false)
            case (_, .byteAlphabet):
                let isSpelled = ByteAlphabet.decode(bytes, into: &decoded)
                strings.append(isSpelled ? decoded : Array(bytes), isFindable: isSpelled)
            case (.byte, .sentencePiece):
                let digits = String(decoding: bytes.dropFirst(3).dropLast(), as: UTF8.self)
                decoded += [UInt8(digits, radix: 16)].compactMap(\.self)
                strings.append(decoded, isFindable: false)
            case (_, .sentencePiece): strings.append(bytes, isFindable: true)
            }
        }
        self.spelling = spelling
        self.types = types
        self.strings = strings
    }

    /// The number of tokens; those are numbered from 0.
    var count: Int { types.count }

    /// Whether a number is that of a token and not of something else.
    func isToken(_ id: Int32) -> Bool { types.indices.contains(Int(id)) }

    /// The bytes a token stands for in a text: none for control tokens.
    func text(of id: Int32) -> [UInt8] {
        guard isToken(id) else { return [] }
        return switch (types[Int(id)], spelling) {
        case (.control, _), (.unknown, _): []
        case (.byte, _), (_, .byteAlphabet): Array(strings[id])
        case (_, .sentencePiece): SentencePieceModel.text(of: strings[id])
        }
    }

    /// The number of these bytes, which is the next free one if they have none yet.
    mutating func intern(_ string: some Collection<UInt8>) -> Int32 {
        strings.find(string) ?? strings.append(string, isFindable: true)
    }

    private static func types(
        _ metadata: Metadata, count: Int
    ) throws(ModelError) -> [TokenType] {
        let key = "tokenizer.ggml.token_type"
        guard let raw = try metadata.integers(key, in: 0...6) else {
            return Array(repeating: .normal, count: count)
        }
        try metadata.check(raw.count, in: count...count, key: key)
        return raw.map { TokenType(rawValue: UInt8($0)) ?? .undefined }
    }
}
