import HTTPServer
import JSON
import Synchronization

/// The drive `b!x`, whose feed says exactly what a test wants, page by page.
final class ScriptedDrive: Sendable {
    private final class State: Sendable {
        let pages = Mutex<[[JSON]]>([])
        let reads = Mutex(0)
    }

    private let state = State()
    private let server: HTTPServer
    let origin: String

    init() throws {
        let state = state
        server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { request in
            Self.answer(request, state)
        }
        origin = "http://127.0.0.1:\(server.port)"
    }

    func stop() { server.stop() }

    /// What the feed tells from now on: a round of these pages.
    func tell(_ pages: [JSON]...) { state.pages.withLock { $0 = pages } }

    /// Rounds that began at the beginning.
    var enumerations: Int { state.reads.withLock { $0 } }

    private static func answer(_ request: HTTPRequest, _ state: State) -> HTTPResponse {
        if request.path.hasSuffix("/token") {
            return json(["access_token": "T", "expires_in": 3600])
        }
        if request.path.hasSuffix("/content") {
            return HTTPResponse(status: 200, contentType: "text/plain", text: request.path)
        }
        guard request.path.hasSuffix("/delta") else {
            return json(["id": "b!x", "name": "Documents"])
        }
        let place = request.query.flatMap { query in
            query.split(separator: "=").last.flatMap { Int($0) }
        }
        if place == nil { state.reads.withLock { $0 += 1 } }
        let pages = state.pages.withLock { $0 }
        let number = place ?? 0
        let isLast = number + 1 >= pages.count
        return json([
            "value": .array(number < pages.count ? pages[number] : []),
            isLast ? "@odata.deltaLink" : "@odata.nextLink": .string(
                "/v1.0/delta?token=\(isLast ? 0 : number + 1)"),
        ])
    }

    private static func json(_ value: JSON) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: [("Content-Type", "application/json")],
            body: value.serializedBytes())
    }

    /// A connector that reads it, with more lines in its scope.
    func configured(_ more: [String] = []) -> Configured {
        var configured = Configured.drives(["drives/b!x"], more)
        let (made, origin) = (configured.connectors, origin)
        configured.connectors = { tenant in
            (made?(tenant) ?? [:]).mapValues { text in
                text.replacing(tenant.fact("base_url"), with: origin + "/v1.0")
                    .replacing(tenant.fact("token_url"), with: origin + "/token")
            }
        }
        return configured
    }

    // Items

    static let root: JSON = ["id": "0", "name": "root", "root": [:], "folder": [:]]

    static func folder(_ id: String, _ name: String, in parent: String = "0") -> JSON {
        [
            "id": .string(id), "name": .string(name), "folder": [:],
            "parentReference": ["driveId": "b!x", "id": .string(parent)],
        ]
    }

    static func file(_ id: String, _ name: String, in parent: String = "0") -> JSON {
        [
            "id": .string(id), "name": .string(name),
            "file": ["mimeType": "text/plain", "hashes": ["quickXorHash": "q"]],
            "parentReference": ["driveId": "b!x", "id": .string(parent)],
        ]
    }

    static func gone(_ id: String) -> JSON { ["id": .string(id), "deleted": [:]] }
}
