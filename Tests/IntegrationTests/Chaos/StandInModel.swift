import Foundation
import HTTPServer
import JSON
import Synchronization

/// A server that speaks the protocol of remote models, answers at once, and fails as it is told.
final class StandInModel: Sendable {
    /// A question about a document.
    struct Ask: Sendable {
        /// What ``Siege/letter(_:version:)`` put into the text; nil for the tenant's own documents.
        let reference: String?
        /// How many came before it.
        let number: Int
    }

    /// Nil: answer as a model would.
    typealias Behaviour = @Sendable (Ask) async -> HTTPResponse?

    private final class State: Sendable {
        let behaviour = Mutex<Behaviour>({ _ in nil })
        let asks = Mutex<[Ask]>([])
    }

    let port: UInt16
    private let state = State()
    private let server: HTTPServer

    init() throws {
        let state = state
        var limits = HTTPServerLimits()
        limits.handlerTimeout = .seconds(600)
        server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0), limits: limits) {
            request in
            let ask = Self.note(request, state)
            let behaviour = state.behaviour.withLock { $0 }
            return await behaviour(ask) ?? Self.answer(to: ask)
        }
        port = server.port
    }

    func stop() { server.stop() }

    func behave(_ behaviour: @escaping Behaviour) { state.behaviour.withLock { $0 = behaviour } }

    var asks: [Ask] { state.asks.withLock { $0 } }

    private static func note(_ request: HTTPRequest, _ state: State) -> Ask {
        let text = String(decoding: request.body, as: UTF8.self)
        let reference = text.firstMatch(of: /R-\d+-\d+/).map { String($0.0) }
        return state.asks.withLock { asks in
            let ask = Ask(reference: reference, number: asks.count)
            asks.append(ask)
            return ask
        }
    }

    /// Good for both recipes, in which it names one label, and about this document alone.
    static func answer(to ask: Ask) -> HTTPResponse {
        content("The complaint \(ask.reference ?? "") is about a late parcel.")
    }

    static func content(_ text: String) -> HTTPResponse {
        let answer: JSON = [
            "choices": [
                [
                    "message": ["role": "assistant", "content": .string(text)],
                    "finish_reason": "stop",
                ]
            ],
            "usage": ["prompt_tokens": 90, "completion_tokens": 9],
        ]
        return body(answer.serialized())
    }

    static func body(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")],
            body: Array(text.utf8))
    }
}

/// Keeps those who come waiting until it is opened.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
