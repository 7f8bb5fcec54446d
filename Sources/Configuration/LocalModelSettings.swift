import YAML

/// A model file and how it is run.
package struct LocalModelSettings: Sendable, Equatable {
    /// Absolute, or relative to the state directory; so is the adapter.
    package let file: Located<String>
    package let adapter: Located<String>?
    /// Nil: what the file says.
    package let chatTemplate: ChatTemplateName?
    /// Bytes; nil: what the machine has.
    package let memory: Int?
    /// Nil: the number of cores.
    package let threads: Int?
}

/// How a model was taught to tell the turns of a conversation apart.
package enum ChatTemplateName: String, Sendable, CaseIterable {
    case chatml, llama3, gemma, phi3, mistral, zephyr
}

extension LocalModelSettings {
    static let file = Field(
        optional: "file", Form<String>.text(named: "path").located(),
        "A model in GGUF form, absolute or relative to `state_dir`; a model has `file` or `url`.",
        example: "models/SmolLM2-135M-Instruct.Q4_1.gguf")
    private static let adapter = Field(
        optional: "adapter", Form<String>.text(named: "path").located(), otherwise: "none",
        "A LoRA adapter in GGUF form, absolute or relative to `state_dir`.",
        example: "models/invoices.lora.gguf")
    private static let chatTemplate = Field(
        optional: "chat_template", .cases(ChatTemplateName.self), otherwise: "what the file says",
        "How the model tells the turns of a conversation apart.", example: "chatml")
    private static let memory = Field(
        optional: "memory", .byteSize(Limits.memory), otherwise: "what the machine has",
        "Most memory that weights, documents and intermediate results may take together.",
        example: "2GB")
    private static let threads = Field(
        optional: "threads", .integer(Limits.threads), otherwise: "the number of cores",
        "Threads that compute.", example: "2")

    /// The keys that belong to a model with `file`.
    static let fields: [any DeclaredField] = [adapter, chatTemplate, memory, threads]

    /// Nil where there is no `file`.
    init?(_ values: Values) {
        guard let file = values[Self.file] else { return nil }
        self.init(
            file: file, adapter: values[Self.adapter], chatTemplate: values[Self.chatTemplate],
            memory: values[Self.memory], threads: values[Self.threads])
    }
}
