import Connectors
import Domain
import Foundation
import HTTPClient
import HTTPServer
import JSON
import Synchronization
import Testing

/// A Gateway on a port of its own that answers as a test's function says, and notes what it was
/// asked.
final class SAPGateway: Sendable {
    typealias Handler = @Sendable (HTTPServer.HTTPRequest) -> HTTPServer.HTTPResponse

    private struct State {
        var handler: Handler
        var asked: [HTTPServer.HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let server: HTTPServer
    let origin: String

    init(_ handler: @escaping Handler) throws {
        let box = Box()
        server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { request in
            guard let gateway = box.gateway.withLock({ $0.value }) else {
                return HTTPResponse(status: 500)
            }
            return gateway.answer(request)
        }
        state = Mutex(State(handler: handler))
        origin = "http://127.0.0.1:\(server.port)"
        box.gateway.withLock { $0.value = self }
    }

    private final class Box: Sendable {
        struct Weak: Sendable { weak var value: SAPGateway? }
        let gateway = Mutex(Weak())
    }

    deinit { server.stop() }

    private func answer(_ request: HTTPServer.HTTPRequest) -> HTTPServer.HTTPResponse {
        let handler = state.withLock { state in
            state.asked.append(request)
            return state.handler
        }
        if request.path.hasSuffix("/$metadata") {
            return HTTPResponse(status: 200, contentType: "application/xml", text: Self.metadata)
        }
        return handler(request)
    }

    func answer(by handler: @escaping Handler) { state.withLock { $0.handler = handler } }

    /// Requests for anything but schemas.
    var asked: [HTTPServer.HTTPRequest] {
        state.withLock { $0.asked.filter { !$0.path.hasSuffix("/$metadata") } }
    }

    func forget() { state.withLock { $0.asked = [] } }

    static let service = "/sap/opu/odata/sap/API_X_SRV"

    /// Sets with one key, with two, and with a date for a stamp.
    static let metadata = """
        <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">
        <edmx:DataServices><Schema Namespace="API_X"
          xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
        <EntityType Name="Thing"><Key><PropertyRef Name="Thing"/></Key>
          <Property Name="Thing" Type="Edm.String"/><Property Name="Name" Type="Edm.String"/>
          <Property Name="Stamp" Type="Edm.DateTimeOffset"/></EntityType>
        <EntityType Name="Day"><Key><PropertyRef Name="Thing"/></Key>
          <Property Name="Thing" Type="Edm.String"/>
          <Property Name="Stamp" Type="Edm.DateTime"/></EntityType>
        <EntityType Name="Text"><Key><PropertyRef Name="Thing"/><PropertyRef Name="Language"/></Key>
          <Property Name="Thing" Type="Edm.String"/><Property Name="Language" Type="Edm.String"/>
          <Property Name="Name" Type="Edm.String"/></EntityType>
        <EntityContainer Name="C"><EntitySet Name="A_Thing" EntityType="API_X.Thing"/>
          <EntitySet Name="A_Day" EntityType="API_X.Day"/>
          <EntitySet Name="A_Text" EntityType="API_X.Text"/></EntityContainer>
        </Schema></edmx:DataServices></edmx:Edmx>
        """

    // Readers

    /// A reader of the shipped definition with a clock of its own.
    func reader(
        _ sets: JSON = ["A_Thing"], connection: [String: String] = [:], base: String? = nil,
        time: FixedTime = FixedTime()
    ) throws -> ConnectorReader {
        let definition = try #require(Definition.builtIn().definitions["sap-odata"])
        let connection = ["user": "reader", "password": "pw", "language": "EN", "odata": "2"]
            .merging(connection) { $1 }
        return try ConnectorReader(
            definition: definition,
            settings: Settings(
                name: "erp", baseURL: base ?? origin + "/sap/opu/odata/sap",
                tokenURL: nil, connection: connection,
                scope: ["services": [["path": "API_X_SRV", "entity_sets": sets]]],
                requestsPerSecond: 10_000),
            client: HTTPClient(), surroundings: time.surroundings)
    }
}

/// No store: nothing is filed.
struct NothingFiled: Filed {
    func marks() async throws -> [String: String] { [:] }
}

extension ConnectorReader {
    /// The feed of the n-th scope's only stream.
    func feed(_ index: Int = 0) async throws -> any PageFeed {
        let stream = try #require(try await streams(of: scopes[index]).first)
        return feed(of: stream, filed: NothingFiled())
    }
}

extension PageFeed {
    /// The error of a page that must fail.
    func refusal(at cursor: Cursor) async -> ConnectorError? {
        do {
            _ = try await page(at: cursor)
            return nil
        } catch {
            return error
        }
    }
}

extension HTTPServer.HTTPResponse {
    static func rows(
        _ rows: [JSON], next: String? = nil, delta: String? = nil, set: String = "A_Thing",
        headers: [(String, String)] = []
    ) -> HTTPServer.HTTPResponse {
        let results = rows.map { row -> JSON in
            let key = row["Language"]?.stringValue.map {
                "Thing='\(row.thing)',Language='\($0)'"
            }
            let uri = "\(SAPGateway.service)/\(set)(\(key ?? "'\(row.thing)'"))"
            return (["__metadata": ["uri": .string(uri)]] as JSON).merging(row)
        }
        var data = JSON.Members([(name: "results", value: .array(results))])
        if let next { data["__next"] = .string(next) }
        if let delta { data["__delta"] = .string(delta) }
        return .json(
            200, JSON.object(JSON.Members([(name: "d", value: .object(data))])).serialized(),
            headers: headers)
    }

    static func atom(_ content: String) -> HTTPServer.HTTPResponse {
        HTTPResponse(
            status: 200, contentType: "application/atom+xml;type=feed",
            text: OData.feed(content, base: SAPGateway.service + "/"))
    }

    static func refusal(
        _ status: Int, _ message: String = "The token is not valid or no longer available"
    ) -> HTTPServer.HTTPResponse {
        .json(
            status,
            #"{"error":{"code":"/IWBEP/CM_MGW_RT/176","message":{"lang":"en","value":"\#(message)"}}}"#
        )
    }
}

extension JSON {
    var thing: String { self["Thing"]?.stringValue ?? "" }

    static func thing(_ id: String, name: String = "N", stamp: JSON = .null) -> JSON {
        ["Thing": .string(id), "Name": .string(name), "Stamp": stamp]
    }
}

/// What a store does with the pages of a stream, as far as it decides what is there.
struct Mirror {
    private(set) var filed: [String: JSON] = [:]
    private(set) var cursor = Cursor.start
    private(set) var resets = 0
    private var seen: Set<String>?

    /// Reads one page, or begins anew where the feed says so.
    ///
    /// - Returns: Whether a round is complete.
    mutating func step(_ feed: any PageFeed, now: Date = FixedTime.start) async throws -> Bool {
        if feed.startsAnew(at: cursor, now: now) { reset() }
        let page: Page
        do { page = try await feed.page(at: cursor) } catch {
            switch error {
            case .lostPlace, .expired: reset()
            default: throw error
            }
            return false
        }
        for record in page.records {
            seen?.insert(record.sourceID)
            if record.change == .removed {
                filed[record.sourceID] = nil
            } else {
                let old = record.isPartial ? filed[record.sourceID] : nil
                filed[record.sourceID] = old?.merging(record.payload) ?? record.payload
            }
        }
        cursor = page.cursor
        guard case .delta = page.cursor else { return false }
        if let seen { filed = filed.filter { seen.contains($0.key) } }
        seen = nil
        return true
    }

    mutating func pass(_ feed: any PageFeed, now: Date = FixedTime.start) async throws {
        for _ in 0..<1000 where try await step(feed, now: now) { return }
        Issue.record("the round does not end")
    }

    private mutating func reset() {
        (cursor, seen) = (.start, [])
        resets += 1
    }
}
