/// Writes a conversation as the tokens a model expects.
///
/// Control tokens are placed by number and all text is encoded without looking for them, so a
/// message that spells out the end of a message remains a message.
package struct ChatTemplate: Sendable {
    package let family: ChatFamily
    /// What the model's template says in the operator's place when there is no system message.
    package let defaultSystem: String?
    private let controls: [String: Int32]

    private static let key = "tokenizer.chat_template"

    /// Recognises the template of a model file.
    ///
    /// - Parameters:
    ///   - metadata: The file's metadata.
    ///   - tokenizer: The file's tokenizer, which must have the family's control tokens.
    /// - Throws: ``ModelError/missingKey(path:key:)`` for a base model, which has no template,
    ///   and ``ModelError/unsupported(path:key:value:known:)`` for a family that is not known.
    package init(_ metadata: Metadata, tokenizer: Tokenizer) throws(ModelError) {
        let template = try metadata.requiredString(Self.key)
        try self.init(template: template, tokenizer: tokenizer, path: metadata.path)
    }

    /// Recognises the text of a template; `path` is for error messages.
    package init(template: String, tokenizer: Tokenizer, path: String) throws(ModelError) {
        guard template.utf8.count <= Limits.chatTemplateBytes else {
            throw .overLimit(path: path, place: Self.key, limit: Limits.chatTemplateBytes)
        }
        guard let family = ChatFamily(template: template), ChatFamily.supported.contains(family)
        else {
            let name = ChatFamily(template: template)?.rawValue ?? template.excerpt
            throw .unsupported(
                path: path, key: Self.key, value: name,
                known: ChatFamily.supported.map(\.rawValue))
        }
        var controls: [String: Int32] = [:]
        for name in family.controlNames {
            guard let token = tokenizer.controlToken(named: name) else {
                throw .malformed(
                    path: path, place: Self.key,
                    reason: "writes \(name), which is not a control token of the vocabulary")
            }
            controls[name] = token
        }
        if let name = family.systemName { controls[name] = tokenizer.controlToken(named: name) }
        self.family = family
        self.controls = controls
        defaultSystem = family == .chatML ? Self.defaultSystem(of: template) : nil
    }

    /// The whole prompt: beginning-of-text token if the model wants one, the messages, and the
    /// header of the reply.
    package func render(_ messages: [ChatMessage], tokenizer: Tokenizer) -> [Int32] {
        var prompt = Prompt(tokenizer: tokenizer, controls: controls)
        switch family {
        case .chatML: writeChatML(messages, to: &prompt)
        case .llama3: writeLlama3(messages, to: &prompt)
        case .gemma: writeGemma(messages, to: &prompt)
        case .phi3: writePhi3(messages, to: &prompt)
        case .mistral, .zephyr: preconditionFailure("refused by init")
        }
        return prompt.finish()
    }

    private func writeChatML(_ messages: [ChatMessage], to prompt: inout Prompt) {
        var messages = messages
        if let defaultSystem, messages.first?.role != .system {
            messages.insert(ChatMessage(role: .system, content: defaultSystem), at: 0)
        }
        for message in messages {
            prompt.control("<|im_start|>")
            prompt.text("\(message.role.rawValue)\n\(message.content)")
            prompt.control("<|im_end|>")
            prompt.text("\n")
        }
        prompt.control("<|im_start|>")
        prompt.text("assistant\n")
    }

    private func writeLlama3(_ messages: [ChatMessage], to prompt: inout Prompt) {
        func header(_ role: ChatMessage.Role) {
            prompt.control("<|start_header_id|>")
            prompt.text(role.rawValue)
            prompt.control("<|end_header_id|>")
            prompt.text("\n\n")
        }
        for message in messages {
            header(message.role)
            prompt.text(message.content.trimmed)
            prompt.control("<|eot_id|>")
        }
        header(.assistant)
    }

    private func writeGemma(_ messages: [ChatMessage], to prompt: inout Prompt) {
        for message in Self.withoutSystem(messages) {
            prompt.control("<start_of_turn>")
            prompt.text(message.role == .user ? "user\n" : "model\n")
            prompt.text(message.content.trimmed)
            prompt.control("<end_of_turn>")
            prompt.text("\n")
        }
        prompt.control("<start_of_turn>")
        prompt.text("model\n")
    }

    private func writePhi3(_ messages: [ChatMessage], to prompt: inout Prompt) {
        let hasSystem = controls["<|system|>"] != nil
        for message in hasSystem ? messages : Self.withoutSystem(messages) {
            prompt.control("<|\(message.role.rawValue)|>")
            prompt.text("\n" + message.content)
            prompt.control("<|end|>")
            prompt.text("\n")
        }
        prompt.control("<|assistant|>")
        prompt.text("\n")
    }

    /// Puts what system messages say before the next user message.
    private static func withoutSystem(_ messages: [ChatMessage]) -> [ChatMessage] {
        var preamble = ""
        var rest: [ChatMessage] = []
        for message in messages {
            switch message.role {
            case .system: preamble += message.content.trimmed + "\n\n"
            case .user:
                let content = preamble + message.content.trimmed
                rest.append(ChatMessage(role: .user, content: content))
                preamble = ""
            case .assistant: rest.append(message)
            }
        }
        return rest
    }

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
