/// Text to tokens and back, as the model was trained with.
///
/// Documents are encoded with `parseSpecial` off, so nothing a document says becomes a control
/// token; those are placed by ``ChatTemplate``, by number.
package struct Tokenizer: Sendable {
    /// Marks the beginning of a text, where ``addsBOS`` asks for it.
    package let bosToken: Int32?
    /// Marks the end of a text.
    package let eosToken: Int32?
    /// Whether a prompt begins with ``bosToken``; ``encode(_:parseSpecial:)`` leaves it out.
    package let addsBOS: Bool
    /// Tokens that end a reply.
    package let endOfGeneration: Set<Int32>

    private let vocabulary: Vocabulary
    private let model: BytePairModel
    private let userDefined: SpecialTokens
    private let allSpecial: SpecialTokens
    private let controlTokens: [String: Int32]

    /// Control tokens that end a reply in every family that has them.
    private static let endNames = [
        "<|im_end|>", "<|eot_id|>", "<end_of_turn>", "<|end|>", "<|endoftext|>",
    ]

    /// Reads the `tokenizer.ggml` keys of a model file.
    package init(_ metadata: Metadata) throws(ModelError) {
        let modelKey = "tokenizer.ggml.model"
        let name = try metadata.requiredString(modelKey)
        guard name == "gpt2" else {
            throw .unsupported(
                path: metadata.path, key: modelKey, value: name.excerpt, known: ["gpt2"])
        }
        var vocabulary = try Vocabulary(metadata, spelling: .byteAlphabet)
        model = try BytePairModel(metadata, vocabulary: &vocabulary)
        self.vocabulary = vocabulary
        userDefined = SpecialTokens(vocabulary, types: [.userDefined])
        allSpecial = SpecialTokens(vocabulary, types: [.userDefined, .control, .unknown])
        var controlTokens: [String: Int32] = [:]
        for index in 0..<vocabulary.count where vocabulary.types[index] == .control {
            let id = Int32(index)
            controlTokens[String(decoding: vocabulary.strings[id], as: UTF8.self)] = id
        }
        self.controlTokens = controlTokens

        func token(_ key: String) throws(ModelError) -> Int32? {
            let ids = 0...vocabulary.count - 1
            return try metadata.integer("tokenizer.ggml.\(key)", in: ids).map(Int32.init)
        }
        bosToken = try token("bos_token_id")
        eosToken = try token("eos_token_id")
        let wantsBOS = try metadata.bool("tokenizer.ggml.add_bos_token") ?? model.addsBOS
        addsBOS = wantsBOS && bosToken != nil
        let stated = [eosToken, try token("eot_token_id"), try token("eom_token_id")]
        endOfGeneration = Set((stated + Self.endNames.map { controlTokens[$0] }).compactMap(\.self))
    }

    /// The number of tokens; their numbers are 0 and up.
    package var vocabularySize: Int { vocabulary.count }

    /// The control token with this name, such as `<|im_start|>`.
    package func controlToken(named name: String) -> Int32? { controlTokens[name] }

    /// The tokens of a text, without any that mark its beginning or end.
    ///
    /// The time is O(n log n) in the text's length, whatever it contains.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - parseSpecial: Whether names of control tokens in the text stand for the tokens. Never
    ///     set it for text from outside.
    /// - Returns: Token numbers.
    package func encode(_ text: String, parseSpecial: Bool = false) -> [Int32] {
        var text = text
        return text.withUTF8 { bytes in
            var tokens: [Int32] = []
            tokens.reserveCapacity(bytes.count / 3)
            for fragment in (parseSpecial ? allSpecial : userDefined).split(bytes) {
                switch fragment {
                case .token(let id): tokens.append(id)
                case .text(let range):
                    let part = UnsafeBufferPointer(rebasing: bytes[range])
                    model.encode(part, vocabulary: vocabulary, into: &tokens)
                }
            }
            return tokens
        }
    }

    /// The text of tokens, control tokens skipped.
    package func decode(_ tokens: [Int32]) -> String {
        String(decoding: tokens.flatMap(bytes(of:)), as: UTF8.self)
    }

    /// The bytes a token stands for: none for control tokens and for numbers without a token.
    ///
    /// A character can be spread over several tokens; ``TextDecoder`` puts it together.
    package func bytes(of token: Int32) -> [UInt8] {
        let index = Int(token)
        guard vocabulary.types.indices.contains(index) else { return [] }
        return switch vocabulary.types[index] {
        case .control, .unknown: []
        case .normal, .userDefined, .undefined, .unused, .byte: Array(vocabulary.strings[token])
        }
    }
}
