/// Why a request to the engine ended without a result.
package enum InferenceError: Error, Equatable {
    /// The prompt and what was asked for after it do not fit the context; nothing was computed.
    ///
    /// `limit` is the longest prompt, in tokens, that this request could have had.
    case promptTooLong(tokens: Int, limit: Int)
    /// The request has no token, label or output to work on; `reason` says which.
    case invalidRequest(reason: String)
    /// As many requests wait as may (``Limits/waitingRequests``).
    case busy
    /// The task that waited for the result was cancelled.
    case cancelled
    /// The engine was shut down before the request was finished.
    case shuttingDown
    /// The model produced a number that is not finite; its file is damaged or unsuitable.
    case notFinite
    /// The model has no chat template docket knows.
    case noChatTemplate(reason: String)

    /// Whether the same request may succeed later.
    package var isTransient: Bool {
        switch self {
        case .busy, .cancelled, .shuttingDown: true
        case .promptTooLong, .invalidRequest, .notFinite, .noChatTemplate: false
        }
    }
}

extension InferenceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .promptTooLong(let tokens, let limit):
            "prompt of \(tokens) tokens exceeds \(limit); shorten it or raise `context_length`"
        case .invalidRequest(let reason):
            "request to the model is invalid: \(reason)"
        case .busy:
            "\(Limits.waitingRequests) requests to the model wait already; ask again later"
        case .cancelled:
            "request to the model was cancelled"
        case .shuttingDown:
            "the model is being unloaded; ask again"
        case .notFinite:
            "the model computed a number that is not finite; check its file or choose another"
        case .noChatTemplate(let reason):
            "the model cannot be prompted as a chat: \(reason)"
        }
    }
}
