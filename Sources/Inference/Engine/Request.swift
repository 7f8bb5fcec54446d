/// One piece of work for the engine: a prompt, and what is wanted after it.
struct Request: Sendable {
    typealias Completion<Value> = @Sendable (Result<Value, InferenceError>) -> Void

    enum Work: Sendable {
        /// Decodes until the observer has enough, the form is complete or tokens run out.
        case generate(Writing, completion: Completion<Output>)
        /// The logits after the prompt.
        case logits(completion: Completion<[Float]>)
        /// Choices and probabilities at the positions from `from` on.
        case trace(from: Int, completion: Completion<[TokenTrace]>)
        /// The log probability of each label as the continuation of the prompt.
        case score(labels: [[Int32]], completion: Completion<[Double]>)
    }

    /// Ascending in the order of arrival.
    let id: UInt64
    /// At least one token.
    let prompt: [Int32]
    let work: Work

    /// Positions that must be in the cache at once.
    var positionsMax: Int {
        switch work {
        // The last token of an output is never fed back.
        case .generate(let writing, _): prompt.count + writing.maxTokens - 1
        case .logits, .trace: prompt.count
        case .score(let labels, _): prompt.count + (labels.map(\.count).max() ?? 1) - 1
        }
    }

    /// Pages that must be free for the work to be finished.
    ///
    /// A label's continuation has a copy of the prompt's last page and what follows it.
    var pageCount: Int {
        switch work {
        case .generate, .logits, .trace: Page.count(positions: positionsMax)
        case .score: Page.count(positions: positionsMax) + 1
        }
    }

    /// Prompt tokens whose logits nobody asks for, and whose computation a kept prefix can spare.
    var reusableCount: Int {
        switch work {
        case .generate, .logits, .score: prompt.count - 1
        case .trace(let from, _): from
        }
    }

    /// Whether logits must be turned into probabilities.
    var needsProbabilities: Bool {
        switch work {
        case .generate, .logits: false
        case .trace, .score: true
        }
    }

    func fail(_ error: InferenceError) {
        switch work {
        case .generate(_, let completion): completion(.failure(error))
        case .logits(let completion): completion(.failure(error))
        case .trace(_, let completion): completion(.failure(error))
        case .score(_, let completion): completion(.failure(error))
        }
    }
}
