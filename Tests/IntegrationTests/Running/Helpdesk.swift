import Foundation
import HTTPServer
import JSON
import Synchronization

/// The ticket system of `Connectors/README.md`: what an API looks like that nobody had in mind.
final class Helpdesk: Sendable {
    struct Ticket: Sendable {
        var queue: String
        var subject: String
        var text: String
        var isDeleted = false
        /// Author and text, by number.
        var comments: [Int: (author: String, text: String)] = [:]
        /// File name and content, by number.
        var attachments: [Int: (name: String, text: String)] = [:]
        var updatedAt = ""
    }

    private struct State {
        var tickets: [Int: Ticket] = [:]
        /// Goes on by a day with each change, so that an overlap does not hide what is missed.
        var day = 0
        /// Requests that are answered with 429 next.
        var throttled = 0
        var asked: [String] = []
        var allowed: Set<String> = []
    }

    private static let ticketsPerPage = 3

    let url: String
    private let server: HTTPServer
    private let state: Box

    private final class Box: Sendable {
        let value = Mutex(State())
    }

    /// - Parameter key: What `X-API-Key` has to say.
    /// - Throws: `HTTPServerError` where no port can be bound.
    init(key: String) throws {
        let box = Box()
        server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { request in
            box.value.withLock { Self.answer(request, key, &$0) }
        }
        state = box
        url = "http://127.0.0.1:\(server.port)/api/v1"
    }

    func stop() { server.stop() }

    /// Files or changes a ticket, and stamps it.
    func change(_ id: Int, in queue: String = "billing", _ body: (inout Ticket) -> Void) {
        state.value.withLock { state in
            state.day += 1
            var ticket = state.tickets[id] ?? Ticket(queue: queue, subject: "", text: "")
            body(&ticket)
            let day = Date(timeIntervalSince1970: 1_700_000_000 + Double(state.day) * 86_400)
            ticket.updatedAt = day.formatted(
                Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            state.tickets[id] = ticket
            state.allowed.insert(ticket.queue)
        }
    }

    func throttle(_ count: Int) { state.value.withLock { $0.throttled = count } }

    func forbid(_ queue: String) { state.value.withLock { _ = $0.allowed.remove(queue) } }

    /// The targets asked since the last question.
    func asked() -> [String] {
        state.value.withLock { state in
            defer { state.asked = [] }
            return state.asked
        }
    }

    /// Every document there should be: source id, kind, title and body.
    func truth(attachments: Bool = true) -> Set<[String]> {
        var all: Set<[String]> = []
        for (id, ticket) in state.value.withLock({ $0.tickets }) where !ticket.isDeleted {
            all.insert(["\(id)", "ticket", ticket.subject, ticket.text])
            for (number, comment) in ticket.comments {
                all.insert(["\(id)#comment-\(number)", "comment", "", comment.text])
            }
            for (number, file) in ticket.attachments where attachments {
                all.insert(["\(id)#attachment-\(number)", "attachment", file.name, file.text])
            }
        }
        return all
    }

    // Answers

    private static func answer(
        _ request: HTTPRequest, _ key: String, _ state: inout State
    ) -> HTTPResponse {
        state.asked.append(request.path + (request.query.map { "?\($0)" } ?? ""))
        guard request.header("X-API-Key") == key else {
            return failure(401, "invalid_key", "The key is not known.")
        }
        if state.throttled > 0 {
            state.throttled -= 1
            var answer = failure(429, "slow_down", "Too many requests.")
            answer.headers.append(("Retry-After", "1"))
            return answer
        }
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.count == 5, parts[2] == "queues", parts[4] == "tickets" {
            guard state.allowed.contains(parts[3]) else {
                return failure(403, "forbidden", "Not your queue.")
            }
            return page(of: parts[3], request, state)
        }
        if parts.count == 6, parts[2] == "tickets", parts[4] == "attachments",
            let id = Int(parts[3]), let number = Int(parts[5]),
            let file = state.tickets[id]?.attachments[number]
        {
            return HTTPResponse(status: 200, contentType: "text/plain", text: file.text)
        }
        return failure(404, "not_found", "There is no such thing.")
    }

    private static func page(
        of queue: String, _ request: HTTPRequest, _ state: State
    ) -> HTTPResponse {
        let since = request.queryItem("updated_since") ?? ""
        let number = request.queryItem("page").flatMap { Int($0) } ?? 1
        let found = state.tickets.filter { id, ticket in
            ticket.queue == queue && ticket.updatedAt >= since
        }.sorted { $0.key < $1.key }
        let page = found.dropFirst((number - 1) * ticketsPerPage).prefix(ticketsPerPage)
        let body: JSON = [
            "tickets": .array(page.map { json($0.key, $0.value) }), "total": JSON(found.count),
        ]
        return HTTPResponse(
            status: 200, contentType: "application/json", text: body.serialized())
    }

    private static func json(_ id: Int, _ ticket: Ticket) -> JSON {
        [
            "id": JSON(id), "subject": .string(ticket.subject), "status": "open",
            "description": .string(ticket.text), "description_format": "text",
            "requester": ["email": "anna@example.org"], "deleted": .bool(ticket.isDeleted),
            "created_at": "2023-11-01T00:00:00Z", "updated_at": .string(ticket.updatedAt),
            "comments": .array(
                ticket.comments.sorted { $0.key < $1.key }.map { number, comment in
                    [
                        "id": JSON(number), "text": .string(comment.text),
                        "author": ["email": .string(comment.author)],
                    ]
                }),
            "attachments": .array(
                ticket.attachments.sorted { $0.key < $1.key }.map { number, file in
                    [
                        "id": JSON(number), "filename": .string(file.name),
                        "content_type": "text/plain", "size": JSON(file.text.utf8.count),
                    ]
                }),
        ]
    }

    private static func failure(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        let body: JSON = ["error": ["code": .string(code), "message": .string(message)]]
        return HTTPResponse(
            status: status, contentType: "application/json", text: body.serialized())
    }
}
