/// How each family writes a conversation.
///
/// Source: the `chat_template` that the families' models are published with.
extension ChatTemplate {
    func writeChatML(_ messages: [ChatMessage], to prompt: inout Prompt) {
        var messages = messages
        if let defaultSystem, messages.first?.role != .system {
            messages.insert(ChatMessage(role: .system, content: defaultSystem), at: 0)
        }
        for message in messages {
            prompt.mark("<|im_start|>")
            prompt.text("\(message.role.rawValue)\n")
            prompt.content(message.content)
            prompt.mark("<|im_end|>")
            prompt.text("\n")
        }
        prompt.mark("<|im_start|>")
        prompt.text("assistant\n")
    }

    func writeLlama3(_ messages: [ChatMessage], to prompt: inout Prompt) {
        func header(_ role: ChatMessage.Role) {
            prompt.mark("<|start_header_id|>")
            prompt.text(role.rawValue)
            prompt.mark("<|end_header_id|>")
            prompt.text("\n\n")
        }
        for message in messages {
            header(message.role)
            prompt.content(message.content.trimmed)
            prompt.mark("<|eot_id|>")
        }
        header(.assistant)
    }

    func writeGemma(_ messages: [ChatMessage], to prompt: inout Prompt) {
        for message in Self.withoutSystem(messages) {
            prompt.mark("<start_of_turn>")
            prompt.text(message.role == .user ? "user\n" : "model\n")
            prompt.content(message.content.trimmed)
            prompt.mark("<end_of_turn>")
            prompt.text("\n")
        }
        prompt.mark("<start_of_turn>")
        prompt.text("model\n")
    }

    func writePhi3(_ messages: [ChatMessage], to prompt: inout Prompt) {
        for message in hasControl("<|system|>") ? messages : Self.withoutSystem(messages) {
            prompt.mark("<|\(message.role.rawValue)|>")
            prompt.text("\n")
            prompt.content(message.content)
            prompt.mark("<|end|>")
            prompt.text("\n")
        }
        prompt.mark("<|assistant|>")
        prompt.text("\n")
    }

    /// With control tokens, the blanks that a vocabulary wants around messages are its own.
    func writeMistral(_ messages: [ChatMessage], to prompt: inout Prompt) {
        let blank = hasControl("[INST]") ? "" : " "
        var system = ""
        for message in messages {
            switch message.role {
            case .system: system += message.content.trimmed
            case .user:
                prompt.mark("[INST]")
                prompt.text(blank)
                if !system.isEmpty {
                    prompt.text(wrapsSystem ? "<<SYS>>\n" : "")
                    prompt.content(system)
                    prompt.text(wrapsSystem ? "\n<</SYS>>\n\n" : "\n\n")
                    system = ""
                }
                prompt.content(message.content.trimmed)
                prompt.text(blank)
                prompt.mark("[/INST]")
            case .assistant:
                prompt.text(blank)
                prompt.content(message.content.trimmed)
                prompt.end()
            }
        }
    }

    func writeZephyr(_ messages: [ChatMessage], to prompt: inout Prompt) {
        for message in messages {
            prompt.mark("<|\(message.role.rawValue)|>")
            prompt.text("\n")
            prompt.content(message.content)
            prompt.end()
            prompt.text("\n")
        }
        prompt.mark("<|assistant|>")
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
}
