import COpenBLAS

/// What an engine consists of, for people and for `docket models`.
package struct EngineInformation: Equatable, Sendable {
    package let path: String
    package let architecture: String
    /// Weights of the model, as numbers.
    package let parameterCount: Int
    /// How many tensors there are of each element type.
    package let tensorTypes: [ElementType: Int]
    /// Positions per sequence.
    package let contextLength: Int
    /// Positions the model was trained for.
    package let contextLengthMax: Int
    package let sequences: Int
    package let threads: Int
    /// What the engine may grow to.
    package let memory: MemoryPlan
    /// Instruction set of the kernels.
    package let variant: KernelVariant
    package let blasCore: String
    /// The family of the chat template, nil when the model has none that docket knows.
    package let chatFamily: ChatFamily?
}

extension EngineInformation {
    /// Name of the processor core OpenBLAS computes for on this machine.
    package static var blasCore: String { String(cString: openblas_get_corename()) }
}

extension Engine {
    /// What this engine consists of.
    package var information: EngineInformation {
        let model = transformer.model
        let tensors = model.file.tensors.values
        return EngineInformation(
            path: model.file.path,
            architecture: model.hyperparameters.architecture.name,
            parameterCount: tensors.reduce(0) { $0 + $1.shape.reduce(1, *) },
            tensorTypes: tensors.reduce(into: [:]) { $0[$1.type, default: 0] += 1 },
            contextLength: model.contextLength,
            contextLengthMax: model.hyperparameters.contextLength,
            sequences: options.sequences, threads: options.threads,
            memory: memory,
            variant: options.variant ?? .best,
            blasCore: EngineInformation.blasCore,
            chatFamily: try? chat.get().family)
    }
}
