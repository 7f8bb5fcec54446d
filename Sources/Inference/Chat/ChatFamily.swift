/// How a model was taught to tell the turns of a conversation apart.
///
/// The raw value is the family's name in the configuration.
package enum ChatFamily: String, CaseIterable, Sendable {
    case chatML = "chatml"
    case llama3
    case gemma
    case phi3
    /// Mistral and Llama 2.
    case mistral
    /// Zephyr and TinyLlama.
    case zephyr

    /// Recognises the family of a `tokenizer.chat_template` by the marks it writes, or nil.
    ///
    /// The template itself is a program from the model file and is never run.
    package init?(template: String) {
        func has(_ mark: String) -> Bool { template.contains(mark) }
        if has("<|im_start|>") {
            guard !has("<|im_sep|>") else { return nil }
            self = .chatML
        } else if has("<|start_header_id|>") {
            self = .llama3
        } else if has("<start_of_turn>") {
            self = .gemma
        } else if has("[INST]") {
            self = .mistral
        } else if has("<|user|>") {
            self = has("<|end|>") ? .phi3 : .zephyr
        } else {
            return nil
        }
    }

    /// What the family writes between messages.
    var marks: [String] {
        switch self {
        case .chatML: ["<|im_start|>", "<|im_end|>"]
        case .llama3: ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
        case .gemma: ["<start_of_turn>", "<end_of_turn>"]
        case .phi3: ["<|user|>", "<|assistant|>", "<|end|>"]
        case .mistral: ["[INST]", "[/INST]"]
        case .zephyr: ["<|system|>", "<|user|>", "<|assistant|>"]
        }
    }

    /// A mark of vocabularies that have it, beyond ``marks``.
    ///
    /// Without a mark for system messages, what they say goes before the next user message.
    var optionalMarks: [String] {
        switch self {
        case .phi3: ["<|system|>"]
        case .mistral: ["<<SYS>>", "<</SYS>>"]
        case .chatML, .llama3, .gemma, .zephyr: []
        }
    }

    /// The mark that ends the model's turn; nil: the vocabulary's end-of-text token.
    var endMark: String? {
        switch self {
        case .chatML, .llama3, .gemma, .phi3: marks.last
        case .mistral, .zephyr: nil
        }
    }

    /// Whether vocabularies may lack the marks and write them as ordinary text.
    var marksMayBeText: Bool { endMark == nil }
}
