import Synchronization

/// One request on its way, as seen from all threads.
final class Transfer: Sendable {
    let request: PreparedRequest
    let isCancelled = Atomic(false)

    init(_ request: PreparedRequest) { self.request = request }
}

/// Where an answer goes.
enum Sink: Sendable {
    case whole(CheckedContinuation<Result<HTTPResponse, HTTPClientError>, Never>)
    case stream(StreamBuffer)

    func fail(_ error: HTTPClientError) {
        switch self {
        case .whole(let continuation): continuation.resume(returning: .failure(error))
        case .stream(let buffer): buffer.end(error)
        }
    }
}
