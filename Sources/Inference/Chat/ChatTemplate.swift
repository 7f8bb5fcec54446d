/// Writes a conversation as the tokens a model expects.
///
/// Control tokens are placed by number and all text is encoded without looking for them, so a
/// message that spells out the end of a message remains a message. Where a vocabulary has no
/// control tokens for a family's marks, the marks are text like any other; then a blank is put
/// into each one that a message contains, which is no mark any more.
package struct ChatTemplate: Sendable {
    package let family: ChatFamily
    /// What the model's template says in the operator's place when there is no system message.
    package let defaultSystem: String?
    /// The token that ends the model's turn.
    let endOfTurn: Int32
    /// The marks that are control tokens.
    private let controls: [String: Int32]
    /// Whether system messages are marked within the first user message, as Llama 2 does it.
    let wrapsSystem: Bool

    private static let key = "tokenizer.chat_template"

    /// Recognises the template of a model file.
    ///
    /// - Parameters:
    ///   - metadata: The file's metadata.
    ///   - tokenizer: The file's tokenizer, which must have the family's control tokens.
    ///   - family: What the configuration says; nil: what the file says.
    /// - Throws: ``ModelError/unknownTemplate(path:found:)`` for a base model, which has no
    ///   template, and for a family that is not known.
    package init(
        _ metadata: Metadata, tokenizer: Tokenizer, family: ChatFamily? = nil
    ) throws(ModelError) {
        try self.init(
            template: try metadata.string(Self.key), tokenizer: tokenizer, path: metadata.path,
            family: family)
    }

    /// Recognises the text of a template; `path` is for error messages.
    package init(
        template: String?, tokenizer: Tokenizer, path: String, family: ChatFamily? = nil
    ) throws(ModelError) {
        let template = template ?? ""
        guard template.utf8.count <= Limits.chatTemplateBytes else {
            throw .overLimit(path: path, place: Self.key, limit: Limits.chatTemplateBytes)
        }
        let stated = ChatFamily(template: template)
        guard let family = family ?? stated else {
            throw .unknownTemplate(path: path, found: template.isEmpty ? nil : template.excerpt)
        }
        var controls: [String: Int32] = [:]
        for name in family.marks + family.optionalMarks {
            controls[name] = tokenizer.controlToken(named: name)
        }
        if !family.marksMayBeText, let missing = family.marks.first(where: { controls[$0] == nil })
        {
            throw .malformed(
                path: path, place: Self.key,
                reason: "writes \(missing), which is not a control token of the vocabulary")
        }
        guard let end = family.endMark.map({ controls[$0] }) ?? tokenizer.eosToken else {
            throw .missingKey(path: path, key: "tokenizer.ggml.eos_token_id")
        }
        self.family = family
        self.controls = controls
        endOfTurn = end
        wrapsSystem = family == .mistral && template.contains("<<SYS>>")
        defaultSystem =
            family == .chatML && stated == .chatML ? Self.defaultSystem(of: template) : nil
    }

    /// The whole prompt: beginning-of-text token if the model wants one, the messages, and the
    /// header of the reply.
    package func render(_ messages: [ChatMessage], tokenizer: Tokenizer) -> [Int32] {
        var prompt = Prompt(
            tokenizer: tokenizer, controls: controls, endOfTurn: endOfTurn,
            marks: family.marks + family.optionalMarks)
        switch family {
        case .chatML: writeChatML(messages, to: &prompt)
        case .llama3: writeLlama3(messages, to: &prompt)
        case .gemma: writeGemma(messages, to: &prompt)
        case .phi3: writePhi3(messages, to: &prompt)
        case .mistral: writeMistral(messages, to: &prompt)
        case .zephyr: writeZephyr(messages, to: &prompt)
        }
        return prompt.finish()
    }

    /// Whether the vocabulary has a control token for this mark.
    func hasControl(_ mark: String) -> Bool { controls[mark] != nil }

    /// The literal system message in a ChatML template, between its marks.
    private static func defaultSystem(of template: String) -> String? {
        let text = template.replacing("\\n", with: "\n")
        for part in text.split(separator: "<|im_start|>system\n").dropFirst() {
            guard let end = part.firstRange(of: "<|im_end|>") else { continue }
            let message = part[..<end.lowerBound]
            if !message.contains(where: { "'\"{}".contains($0) }) { return String(message) }
        }
        return nil
    }
}
