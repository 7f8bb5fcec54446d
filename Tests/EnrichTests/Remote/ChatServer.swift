import Enrich
import Foundation
import HTTPServer
import Inference
import JSON
import Synchronization
import Testing

typealias Served = HTTPResponse

/// A server on a port of its own that answers by script, the last answer again and again, and
/// notes what it was asked.
final class ChatServer: Sendable {
    struct Asked: Sendable {
        let target: String
        let headers: [(name: String, value: String)]
        let json: JSON

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
        /// Of the last message.
        var content: String { json["messages"]?.arrayValue?.last?["content"]?.stringValue ?? "" }
    }

    private let script: Mutex<[Served]>
    private let requests = Mutex<[Asked]>([])
    private let server: Mutex<HTTPServer?> = Mutex(nil)
    private let port: UInt16

    init(_ answers: Served...) throws {
        script = Mutex(answers)
        let box = Box()
        let server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { request in
            box.server.withLock { $0.value }?.answer(request) ?? Served(status: 500)
        }
        port = server.port
        self.server.withLock { $0 = server }
        box.server.withLock { $0.value = self }
    }

    private final class Box: Sendable {
        struct Weak: Sendable { weak var value: ChatServer? }
        let server = Mutex(Weak())
    }

    var url: String { "http://127.0.0.1:\(port)/v1" }
    var asked: [Asked] { requests.withLock { $0 } }

    func script(_ answers: Served...) { script(answers) }
    func script(_ answers: [Served]) { script.withLock { $0 = answers } }
    func stop() { server.withLock { $0.take() }?.stop() }

    private func answer(_ request: HTTPRequest) -> Served {
        let json = (try? JSON.parse(request.body)) ?? .null
        let asked = Asked(target: request.path, headers: request.headers, json: json)
        requests.withLock { $0.append(asked) }
        return script.withLock { script in
            script.count > 1 ? script.removeFirst() : script.first ?? Served(status: 500)
        }
    }

    /// A model behind this server.
    func model(
        key: String? = nil, contextLength: Int = 2048, sequences: Int = 4,
        timeout: Duration = .seconds(60), time: FixedClock = FixedClock()
    ) throws -> RemoteModel {
        try RemoteModel(
            RemoteModelOptions(
                url: url, model: "m-1", key: key, contextLength: contextLength,
                sequences: sequences, timeout: timeout),
            time: time.time)
    }
}

extension HTTPResponse: CustomTestStringConvertible {
    /// Without the body, which may be long.
    public var testDescription: String { "\(status), \(body.count) bytes" }

    static func json(
        _ text: String, status: Int = 200, headers: [(String, String)] = []
    ) -> Served {
        Served(
            status: status, headers: [("Content-Type", "application/json")] + headers,
            body: Array(text.utf8))
    }

    /// A whole answer of a server, with some of it replaced.
    static func chat(
        _ content: String, finish: String = #""stop""#, logprobs: String = "null",
        usage: String = #"{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}"#
    ) -> Served {
        json(
            """
            {"id":"x","object":"chat.completion","created":1,"model":"other","choices":[{"index":0,
            "message":{"role":"assistant","content":\(JSON.string(content).serialized())},
            "finish_reason":\(finish),"logprobs":\(logprobs)}],"usage":\(usage)}
            """)
    }

    static func error(
        _ status: Int, _ message: String, code: String = "null", headers: [(String, String)] = []
    ) -> Served {
        json(
            #"{"error":{"message":\#(JSON.string(message).serialized()),"code":\#(code)}}"#,
            status: status, headers: headers)
    }
}

/// A clock that only a test moves.
final class FixedClock: Sendable {
    private let state = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { state.withLock { $0 } }
    func advance(_ duration: Duration) { state.withLock { $0 += duration } }

    /// At first 8 in the morning of 15 January 2026.
    var time: RemoteTime {
        let start = now
        return RemoteTime(
            now: { self.now }, sinceEpoch: { 1_768_464_000 + (self.now - start) / .seconds(1) })
    }
}

let question = [
    ChatMessage(role: .system, content: "You sort."), ChatMessage(role: .user, content: "What?"),
]
