package import Inference

/// Why a document was not enriched.
package enum EnrichError: Error, Equatable {
    /// The engine in this process did not do it.
    case inference(InferenceError)
    /// A remote model did not do it.
    case remote(RemoteError)
    /// What the model wrote is not fit to be stored, twice.
    case refused(OutputProblem)
    /// A remote model cannot be used for so long, whatever the document.
    case away(RemoteError, for: Duration)

    /// True where the same work may succeed later without anybody's help.
    package var isTransient: Bool {
        switch self {
        case .inference(let error): error.isTransient
        case .remote(let error), .away(let error, _): error.isTransient
        case .refused: false
        }
    }

    /// A word to group failures by.
    package var reason: String {
        switch self {
        case .inference(.promptTooLong), .remote(.tooLong): "prompt_too_long"
        case .inference(.noChatTemplate): "no_chat_template"
        case .inference: "inference"
        case .remote, .away: "remote_model"
        case .refused: "output_refused"
        }
    }
}

extension EnrichError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inference(let error): "\(error)"
        case .remote(let error), .away(let error, _): "\(error)"
        case .refused(let problem): "the model's answer was refused twice: \(problem.words)"
        }
    }
}
