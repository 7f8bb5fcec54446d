import Foundation
import HTTPServer
import JSON

/// The file port of the ERP system: it answers no requests, it writes files.
actor IDocSystem: TenantSystem {
    private var port: IDocPort
    private let address: String
    private let scope: String

    /// - Throws: ``IDocPort/Failure`` where the directory cannot be written to.
    init(directory: String, seed: UInt64) throws {
        let port = try IDocPort(directory: directory, seed: seed)
        self.port = port
        let address = port.directory.absoluteURL.absoluteString
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        scope = port.directory.standardizedFileURL.lastPathComponent
    }

    /// The system of that directory, none without one.
    static func systems(directory: String?, seed: UInt64) throws -> [any TenantSystem] {
        guard let directory else { return [] }
        return [try IDocSystem(directory: directory, seed: seed)]
    }

    nonisolated var name: String { "idocs" }

    nonisolated func announcement(origin: String) -> [(key: String, value: String)] {
        [("idoc_base_url", address)]
    }

    nonisolated func owns(_ request: HTTPRequest, _ path: RequestPath) -> Bool { false }

    func respond(to request: HTTPRequest, _ visit: Visit, twist: PageTwist?) async -> HTTPResponse {
        refusal(status: 404, headers: [])
    }

    nonisolated func refusal(status: Int, headers: [(String, String)]) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers)
    }

    /// Files need no sign-in.
    func expireTokens() {}

    /// A directory has no positions.
    func expireFeeds() {}

    func truth() -> [JSON] {
        port.arrivals.map { arrival in
            [
                "source_id": .string(arrival.document.docnum), "scope": .string(scope),
                "title": .string(arrival.document.title), "file": .string(arrival.file),
            ]
        }
    }

    /// New documents, copies sent again, and files taken away.
    ///
    /// Only whole files that were there before are taken away, so that a reader that reads between
    /// two calls can have had all of them.
    func mutate(count: Int, seed: UInt64, now: Timestamp) {
        var old = port.files.keys.filter { !port.halves.contains($0) }.sorted()
        for number in 0..<count {
            var random = Mixer(seed, 0x1D0C, UInt64(number))
            let choice = random.next()
            let kinds = IDocKind.allCases
            let kind = kinds[Int(random.next() % UInt64(kinds.count))]
            // A full disk leaves the truth as it is: what did not arrive is not in it.
            switch choice % 8 {
            case 0:
                guard !old.isEmpty else { continue }
                try? port.remove(old.remove(at: Int(random.next() % UInt64(old.count))))
            case 1, 2:
                guard !port.arrivals.isEmpty else { continue }
                let index = Int(random.next() % UInt64(port.arrivals.count))
                _ = try? port.resend(port.arrivals[index].document)
            default:
                let size = Int(random.next() % 3) + 1
                _ = try? port.create(kind, count: size, perFile: size, encoding: .utf8)
            }
        }
    }

    func control(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, now: Timestamp
    ) async throws(ControlError) -> JSON {
        let order = try IDocOrder(request.method, path, body)
        do throws(IDocPort.Failure) {
            return try port.obey(order)
        } catch {
            throw ControlError(error.description)
        }
    }
}
