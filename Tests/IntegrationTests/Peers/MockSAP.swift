import Foundation
import HTTPClient
import JSON

/// An SAP endpoint of others, and what a test does to it behind docket's back.
struct MockSAP: Sendable {
    static let password = "pa:ss wörd"
    static let clientSecret = "s3cret/+="

    let http: HTTPClient
    let child: Child
    let origin: String

    static func with(
        _ arguments: [String] = [], in folder: String, _ body: (MockSAP) async throws -> Void
    ) async throws {
        let child = try Child(
            Programs.peer("mock-sap"),
            [
                "--port", "0", "--quiet", "--no-csrf", "--auth", "reader:\(password)", "--oauth",
                "SAP_CLIENT:\(clientSecret)",
            ] + arguments,
            environment: Programs.environment, in: folder)
        defer { child.stop() }
        try await until(within: .seconds(60), "mock-sap listens: \(child.errors)") {
            child.output.contains("listening on") || child.poll() != nil
        }
        guard let origin = child.output.firstMatch(of: /listening on (http:\S+)/)?.1 else {
            throw Child.Failure(description: "mock-sap: \(child.errors)")
        }
        let http = try HTTPClient()
        defer { http.close() }
        try await body(MockSAP(http: http, child: child, origin: String(origin)))
    }

    /// - Returns: Nil where the answer is empty.
    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON? {
        let proof = Data("reader:\(Self.password)".utf8).base64EncodedString()
        let response = try await http.send(
            HTTPRequest(
                method, url: origin + path,
                headers: [
                    ("Authorization", "Basic \(proof)"), ("Content-Type", "application/json"),
                    ("Accept", "application/json"), ("If-Match", "*"),
                ], body: body.map { $0.serializedBytes() }))
        guard (200...299).contains(response.status) else {
            let text = String(decoding: response.body, as: UTF8.self)
            throw Child.Failure(description: "\(method) \(path): \(response.status) \(text)")
        }
        return response.body.isEmpty ? nil : try JSON.parse(response.body)
    }

    /// Lets a number of requests whose path matches meet one of its mishaps.
    func mishap(_ scenario: String, path: String, count: Int = 1) async throws {
        try await send(
            "POST", "/_mock/faults",
            ["scenario": .string(scenario), "match": .string(path), "count": JSON(count)])
    }

    static let v2 = "/sap/opu/odata/sap"
    static let v4 = "/sap/opu/odata4/sap"

    /// The entities of a set, by what docket calls them; of version 4 by their key.
    func entities(_ service: String, _ set: String, key: String? = nil) async throws -> [String:
        JSON]
    {
        let isNew = key != nil
        let answer = try await send("GET", "\(isNew ? Self.v4 : Self.v2)/\(service)/\(set)")
        let rows = (isNew ? answer?["value"] : answer?["d"]?["results"])?.arrayValue ?? []
        var entities: [String: JSON] = [:]
        for row in rows {
            if let key {
                entities["\(set)('\((row[key]?.stringValue ?? "").replacing("'", with: "''"))')"] =
                    row
            } else if let uri = row["__metadata"]?["uri"]?.stringValue,
                let name = uri.split(separator: "/").last
            {
                entities[String(name).removingPercentEncoding ?? ""] = row
            }
        }
        return entities
    }

    /// Requests so far, newest first: path and query.
    func requests() async throws -> [String] {
        let results = try await send("GET", "/_mock/requests?limit=1000")?["results"]?.arrayValue
        return (results ?? []).map {
            "\($0["method"]?.stringValue ?? "") \($0["path"]?.stringValue ?? "")?"
                + ($0["query"]?.stringValue ?? "")
        }
    }
}
