import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Synchronization
import Testing

/// A Gateway on a port of its own that answers as a test's function says, and notes what it was
/// asked.
final class SAPGateway: Sendable {
    typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse

    private struct State {
        var handler: Handler
        var asked: [HTTPRequest] = []
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

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
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
    var asked: [HTTPRequest] {
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
        <EntityType Name="Blob"><Key><PropertyRef Name="Thing"/></Key>
          <Property Name="Thing" Type="Edm.Binary"/></EntityType>
        <EntityContainer Name="C"><EntitySet Name="A_Blob" EntityType="API_X.Blob"/>
          <EntitySet Name="A_Thing" EntityType="API_X.Thing"/>
          <EntitySet Name="A_Day" EntityType="API_X.Day"/>
          <EntitySet Name="A_Text" EntityType="API_X.Text"/></EntityContainer>
        </Schema></edmx:DataServices></edmx:Edmx>
        """
}

extension HTTPResponse {
    static func rows(
        _ rows: [JSON], next: String? = nil, delta: String? = nil, set: String = "A_Thing",
        headers: [(String, String)] = []
    ) -> HTTPResponse {
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

    static func atom(_ content: String) -> HTTPResponse {
        HTTPResponse(
            status: 200, contentType: "application/atom+xml;type=feed",
            text: OData.feed(content, base: SAPGateway.service + "/"))
    }

    static func refusal(
        _ status: Int, _ message: String = "The token is not valid or no longer available"
    ) -> HTTPResponse {
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
