/// The tokens of a model: bytes and type of each, and the token of given bytes.
struct Vocabulary: Sendable {
    /// How a vocabulary writes the bytes of its tokens.
    enum Spelling {
        /// With the letters of ``ByteAlphabet``, control and user-defined tokens excepted.
        case byteAlphabet
    }

    let types: [TokenType]
    /// Bytes of the tokens, and of whatever else a tokenizer numbers after them.
    ///
    /// Control tokens can not be found by their bytes: no text turns into one by merging.
    private(set) var strings: ByteStringTable

    /// Reads `tokenizer.ggml.tokens` and `tokenizer.ggml.token_type`.
    init(_ metadata: Metadata, spelling: Spelling) throws(ModelError) {
        let tokensKey = "tokenizer.ggml.tokens"
        let count = try metadata.requiredCount(tokensKey)
        try metadata.check(count, in: Limits.vocabulary, key: tokensKey)
        let types = try Self.types(metadata, count: count)
        var strings = ByteStringTable(capacity: count)
        var decoded: [UInt8] = []
        try metadata.eachString(tokensKey) { bytes in
            decoded.removeAll(keepingCapacity: true)
            switch types[strings.count] {
            case .control, .unknown, .userDefined: strings.append(bytes, isFindable: false)
            case .normal, .undefined, .unused, .byte:
                if ByteAlphabet.decode(bytes, into: &decoded) {
                    strings.append(decoded, isFindable: true)
                } else {
                    strings.append(bytes, isFindable: false)
                }
            }
        }
        self.types = types
        self.strings = strings
    }

    /// The number of tokens; those are numbered from 0.
    var count: Int { types.count }

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
