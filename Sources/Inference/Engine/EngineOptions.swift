import Foundation

/// How much of the machine an engine may use.
package struct EngineOptions: Equatable, Sendable {
    /// Positions per sequence, prompt and output together.
    ///
    /// Nil: ``Limits/contextLengthDefault``, or as many as the model was trained for if those
    /// are fewer. More than that is refused.
    package var contextLength: Int?
    /// Sequences computed together at most; more wait in the order they came.
    package var sequences: Int
    /// Threads that compute.
    package var threads: Int
    /// Whether those threads yield to everything else on the machine.
    package var isBackground = true
    /// Bytes that weights, cache and intermediate results may take together; nil: what the
    /// machine has.
    ///
    /// Tokenizer and chat template are not counted (some 10 MB), nor is the mapped file, whose
    /// memory the system takes back when it is short. A small cache has fewer sequences wait
    /// side by side; one full context must fit.
    package var memoryByteCountMax: Int?
    /// How keys and values are kept.
    package var cacheFormat = CacheFormat.int8
    /// Whether keys and values of finished prompts are kept for prompts that begin alike.
    package var reusesPrefixes = true
    /// Whether the most probable output is guessed from what stands before it, several tokens a
    /// step; the result is the same.
    package var guesses = true
    /// How the model marks the turns of a conversation; nil: as its file says.
    package var chatFamily: ChatFamily?
    /// A low-rank adapter (LoRA, GGUF) that is merged into the weights; nil: none.
    package var adapterPath: String?
    /// Factor on what the adapter adds.
    package var adapterScale: Float = 1
    /// The instruction set; nil: the fastest there is.
    package var variant: KernelVariant?

    /// Options with the given sizes, each raised to 1 and lowered to ``Limits``.
    ///
    /// - Parameters:
    ///   - contextLength: Positions per sequence; nil: the default.
    ///   - sequences: Sequences computed together.
    ///   - threads: Threads that compute; nil: one per core.
    package init(contextLength: Int? = nil, sequences: Int = 16, threads: Int? = nil) {
        self.contextLength = contextLength?.clamped(to: Limits.contextLength)
        self.sequences = sequences.clamped(to: Limits.sequences)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        self.threads = (threads ?? cores).clamped(to: Limits.threads)
    }
}

extension EngineOptions {
    /// Positions per sequence of a model.
    func positions(in shape: Hyperparameters, _ path: String) throws(ModelError) -> Int {
        let trained = shape.contextLength
        guard let contextLength else { return min(Limits.contextLengthDefault, trained) }
        guard contextLength <= trained else {
            throw .contextTooLong(path: path, wanted: contextLength, trained: trained)
        }
        return contextLength
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
