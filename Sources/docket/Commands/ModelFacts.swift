import Inference

/// What a model file says of itself, without its weights in memory.
struct ModelFacts {
    let file: ModelFile
    let shape: Hyperparameters
    /// How the model tells the turns of a conversation apart, or why docket cannot.
    let chat: Result<ChatFamily, ModelError>

    /// - Parameters:
    ///   - file: The model.
    ///   - family: What the configuration says of its turns; nil: what the file says.
    /// - Throws: `ModelError` when docket could not run the model.
    init(_ file: ModelFile, family: ChatFamily? = nil) throws(ModelError) {
        shape = try Hyperparameters(file)
        let tokenizer = try Tokenizer(file.metadata)
        chat = Result { () throws(ModelError) in
            try ChatTemplate(file.metadata, tokenizer: tokenizer, family: family).family
        }
        self.file = file
    }

    /// Element types, that with the most bytes first, and how many tensors have each.
    var types: [(type: ElementType, tensors: Int)] {
        count(file.tensors.values)
    }

    /// Element types of the matrices, that with the most bytes first.
    var quantisation: String {
        count(file.tensors.values.filter { $0.shape.count > 1 }).map { "\($0.type)" }
            .joined(separator: ", ")
    }

    private func count(
        _ tensors: some Sequence<TensorInfo>
    ) -> [(type: ElementType, tensors: Int)] {
        Dictionary(grouping: tensors, by: \.type)
            .map { (type: $0, bytes: $1.reduce(0) { $0 + $1.byteCount }, tensors: $1.count) }
            .sorted { ($0.bytes, $0.type.rawValue) > ($1.bytes, $1.type.rawValue) }
            .map { ($0.type, $0.tensors) }
    }
}
