/// How a model was taught to tell the turns of a conversation apart.
package enum ChatFamily: String, CaseIterable, Sendable {
    case chatML = "ChatML"
    case llama3 = "Llama 3"
    case gemma = "Gemma"
    case phi3 = "Phi 3"
    case mistral = "Mistral"
    case zephyr = "Zephyr"

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

    /// The families ``ChatTemplate`` can write.
    ///
    /// Mistral and Zephyr mark turns with ordinary text, which a document could forge.
    static let supported: [ChatFamily] = [.chatML, .llama3, .gemma, .phi3]

    /// The control token before a system message; without it, what such a message says goes
    /// before the next user message.
    var systemName: String? { self == .phi3 ? "<|system|>" : nil }

    /// The control tokens between which the family writes its messages.
    var controlNames: [String] {
        switch self {
        case .chatML: ["<|im_start|>", "<|im_end|>"]
        case .llama3: ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
        case .gemma: ["<start_of_turn>", "<end_of_turn>"]
        case .phi3: ["<|user|>", "<|assistant|>", "<|end|>"]
        case .mistral, .zephyr: []
        }
    }
}
