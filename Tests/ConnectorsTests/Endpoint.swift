import HTTPServer
import Synchronization

/// An endpoint on a port of its own that answers by script and notes what it was asked.
///
/// A target, the path with its query, has a list of answers, of which the last one stays. The
/// target `/token` gives the tokens T1, T2, ... where no script says otherwise.
final class Endpoint: Sendable {
    struct Asked: Sendable {
        let method: String
        /// As it was sent, percent-encoding included.
        let target: String
        let headers: [(name: String, value: String)]
        let body: String

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    }

    private struct State {
        var answers: [String: [HTTPResponse]]
        var asked: [Asked] = []
        var tokens = 0
    }

    private let state: Mutex<State>
    private let server: Mutex<HTTPServer?> = Mutex(nil)
    private let date: String
    let origin: String

    /// Its answers have `date` in their headers, where one is given, and else the real time.
    init(_ answers: [String: [HTTPResponse]] = [:], date: String = "") throws {
        self.date = date
        state = Mutex(State(answers: answers))
        let box = Box()
        let server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { request in
            guard let endpoint = box.endpoint.withLock({ $0.value }) else {
                return HTTPResponse(status: 500)
            }
            await endpoint.pass(request.path)
            return endpoint.addressed(endpoint.answer(request))
        }
        origin = "http://127.0.0.1:\(server.port)"
        self.server.withLock { $0 = server }
        box.endpoint.withLock { $0.value = self }
    }

    private final class Box: Sendable {
        struct Weak: Sendable { weak var value: Endpoint? }
        let endpoint = Mutex(Weak())
    }

    private typealias Held = (target: String, continuation: CheckedContinuation<Void, Never>)
    private let held: Mutex<[Held]?> = Mutex(nil)

    /// Lets every request wait from now on.
    func hold() { held.withLock { $0 = [] } }

    /// Returns once so many requests wait.
    func waiting(_ count: Int) async throws {
        while held.withLock({ $0?.count ?? 0 }) < count {
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// Answers all that wait, and lets none wait any more.
    func release() {
        let waiting = held.withLock { held in
            defer { held = nil }
            return held ?? []
        }
        for request in waiting { request.continuation.resume() }
    }

    /// What the requests that wait ask for.
    var waitingTargets: [String] { held.withLock { $0?.map(\.target) ?? [] } }

    private func pass(_ target: String) async {
        await withCheckedContinuation { continuation in
            let isHeld = held.withLock { held in
                held?.append((target, continuation))
                return held != nil
            }
            if !isHeld { continuation.resume() }
        }
    }

    func stop() { server.withLock { $0.take() }?.stop() }

    /// Everything but requests for tokens.
    var asked: [Asked] { state.withLock { $0.asked.filter { $0.target != "/token" } } }
    var targets: [String] { asked.map(\.target) }
    var tokenRequests: [Asked] { state.withLock { $0.asked.filter { $0.target == "/token" } } }

    func script(_ target: String, _ answers: HTTPResponse...) { script(target, answers) }

    func script(_ target: String, _ answers: [HTTPResponse]) {
        state.withLock { $0.answers[target] = answers }
    }

    /// With the endpoint's time, and its own address in place of `ORIGIN`, as its links would have
    /// it.
    private func addressed(_ answer: HTTPResponse) -> HTTPResponse {
        var answer = answer
        answer.headers.append(("Date", date))
        let text = String(decoding: answer.body, as: UTF8.self)
        answer.body = Array(text.replacing("ORIGIN", with: origin).utf8)
        return answer
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        let target = request.path + (request.query.map { "?\($0)" } ?? "")
        return state.withLock { state in
            state.asked.append(
                Asked(
                    method: request.method, target: target, headers: request.headers,
                    body: String(decoding: request.body, as: UTF8.self)))
            if let answer = state.answers[target]?.first {
                if state.answers[target, default: []].count > 1 {
                    state.answers[target]?.removeFirst()
                }
                return answer
            }
            guard target == "/token" else { return .json(404, #"{"error":{"code":"NotFound"}}"#) }
            state.tokens += 1
            return .json(#"{"access_token":"T\#(state.tokens)","expires_in":3600}"#)
        }
    }
}

typealias Answer = HTTPResponse

extension HTTPResponse {
    static func json(_ text: String) -> HTTPResponse { json(200, text) }

    static func json(
        _ status: Int, _ text: String, headers: [(String, String)] = []
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")] + headers,
            body: Array(text.utf8))
    }

    static func html(_ status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status, contentType: "text/html", text: "<html><h1>Gateway</h1></html>")
    }

    static func throttled(_ retryAfter: String?, status: Int = 429) -> HTTPResponse {
        json(
            status, #"{"error":{"code":"TooManyRequests"}}"#,
            headers: retryAfter.map { [("Retry-After", $0)] } ?? [])
    }

    /// The same answer, cut off in the middle.
    func cut(chunked: Bool = false) -> HTTPResponse { truncated(after: 9, chunked: chunked) }
}
