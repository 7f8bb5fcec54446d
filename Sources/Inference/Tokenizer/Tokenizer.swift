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
    /// Whether text is encoded with a blank before it, which ``decode(_:)`` takes off again.
    ///
    /// The bytes of a reply's first token begin with that blank.
    package let addsSpacePrefix: Bool
    /// Tokens that end a reply.
    package let endOfGeneration: Set<Int32>

    private let vocabulary: Vocabulary
    private let model: Model
    private let userDefined: SpecialTokens
    private let allSpecial: SpecialTokens
    /// Control tokens after which white space does not count.
    private let swallowing: Set<Int32>
    private let controlTokens: [String: Int32]

    /// Reads the `tokenizer.ggml` keys of a model file.
    package init(_ metadata: Metadata) throws(ModelError) {
        let modelKey = "tokenizer.ggml.model"
        let name = try metadata.requiredString(modelKey)
        var vocabulary: Vocabulary
        let addsBOSByDefault: Bool
        switch name {
        case "gpt2":
            vocabulary = try Vocabulary(metadata, spelling: .byteAlphabet)
            let bytePair = try BytePairModel(metadata, vocabulary: &vocabulary)
            model = .bytePair(bytePair)
            addsBOSByDefault = bytePair.addsBOS
            addsSpacePrefix = false
        case "llama":
            vocabulary = try Vocabulary(metadata, spelling: .sentencePiece)
            let sentencePiece = try SentencePieceModel(metadata, vocabulary: vocabulary)
            model = .sentencePiece(sentencePiece)
            addsBOSByDefault = true
            addsSpacePrefix = sentencePiece.addsSpacePrefix
        default:
            throw .unsupported(
                path: metadata.path, key: modelKey, value: name.excerpt, known: ["gpt2", "llama"])
        }
        self.vocabulary = vocabulary
        swallowing = try Self.swallowing(metadata, vocabulary: vocabulary)
        userDefined = SpecialTokens(
            vocabulary, types: [.userDefined], swallowing: swallowing)
        allSpecial = SpecialTokens(
            vocabulary, types: [.userDefined, .control, .unknown], swallowing: swallowing)
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
        let wantsBOS = try metadata.bool("tokenizer.ggml.add_bos_token") ?? addsBOSByDefault
        addsBOS = wantsBOS && bosToken != nil
        let stated = [eosToken, try token("eot_token_id"), try token("eom_token_id")]
        let named = Vocabulary.endNames.map { controlTokens[String(decoding: $0, as: UTF8.self)] }
        endOfGeneration = Set((stated + named).compactMap(\.self))
    }

    /// The number of tokens; their numbers are 0 and up.
    package var vocabularySize: Int { vocabulary.count }

    /// The control token with this name, such as `<|im_start|>`.
    package func controlToken(named name: String) -> Int32? { controlTokens[name] }

    /// Whether white space right after a token is no part of the text.
    func swallowsWhiteSpace(after token: Int32) -> Bool { swallowing.contains(token) }

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
                    encode(UnsafeBufferPointer(rebasing: bytes[range]), into: &tokens)
                }
            }
            return tokens
        }
    }

    /// The text of tokens, control tokens skipped.
    package func decode(_ tokens: [Int32]) -> String {
        var bytes = tokens.flatMap(bytes(of:))
        if addsSpacePrefix, bytes.first == 0x20 { bytes.removeFirst() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes a token stands for: none for control tokens and for numbers without a token.
    ///
    /// A character can be spread over several tokens; ``TextDecoder`` puts it together.
    package func bytes(of token: Int32) -> [UInt8] {
        vocabulary.text(of: token)
    }

    /// Whether a token stands for a byte that no other token had a place for.
    func isByte(_ token: Int32) -> Bool { vocabulary.types[Int(token)] == .byte }

    private func encode(_ text: UnsafeBufferPointer<UInt8>, into tokens: inout [Int32]) {
        switch model {
        case .bytePair(let model): model.encode(text, vocabulary: vocabulary, into: &tokens)
        case .sentencePiece(let model): model.encode(text, vocabulary: vocabulary, into: &tokens)
        }
    }

    /// The special tokens after which white space does not count.
    ///
    /// GGUF files do not say which do; it is a property of the Phi 3 family, known by its name.
    private static func swallowing(
        _ metadata: Metadata, vocabulary: Vocabulary
    ) throws(ModelError) -> Set<Int32> {
        let name = try metadata.string("general.name")?.lowercased() ?? ""
        guard name.contains("phi3") || name.contains("phi-3") else { return [] }
        let exceptions = Set(["<unk>", "<s>", "<|endoftext|>"].map { Array($0.utf8) })
        let special: Set<TokenType> = [.control, .userDefined, .unknown]
        return Set(
            (0..<Int32(vocabulary.count)).filter {
                special.contains(vocabulary.types[Int($0)])
                    && !exceptions.contains(Array(vocabulary.strings[$0]))
            })
    }

    /// How text between special tokens is cut.
    private enum Model: Sendable {
        case bytePair(BytePairModel)
        case sentencePiece(SentencePieceModel)
    }
}
