import Foundation
import HTTPClient
import JSON
import SandboxTesting

/// Asks a running sandbox's ERP system as a client would.
struct ERPClient {
    let sandbox: RunningSandbox

    static func with(
        _ arguments: [String] = [], _ body: (ERPClient) async throws -> Void
    ) async throws {
        try await RunningSandbox.with(arguments) { try await body(ERPClient(sandbox: $0)) }
    }

    func announced(_ key: String) -> String { sandbox.announced[key] ?? "" }

    var basic: String { Self.basic(announced("erp_user"), announced("erp_password")) }

    static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    static let v2 = "/sap/opu/odata/sap/"
    static let ordersV4 = "/sap/opu/odata4/sap/api_salesorder/srvd_a2x/sap/salesorder/0001/"

    /// Asks for a whole link, or a path with its query, whose spaces need no escape.
    ///
    /// Where no media type is accepted, the server answers as it likes.
    func get(
        _ target: String, accept: String? = "application/json",
        headers: [(String, String)] = []
    ) async throws -> RunningSandbox.Answer {
        let url = target.hasPrefix("http") ? target : sandbox.origin + target
        var all = headers
        if !headers.contains(where: { $0.0 == "Authorization" }) {
            all.append(("Authorization", basic))
        }
        if let accept { all.append(("Accept", accept)) }
        return try await sandbox.send("GET", url.replacing(" ", with: "%20"), headers: all)
    }

    /// An answer of version 2 in JSON: what is below `d`.
    func read(_ path: String, headers: [(String, String)] = []) async throws -> JSON {
        let answer = try await get(
            path.hasPrefix("http") ? path : Self.v2 + path, headers: headers)
        guard answer.status == 200, let data = answer.json["d"] else {
            throw RunningSandbox.Failure(message: "\(path): \(answer.status) \(answer.text)")
        }
        return data
    }

    /// All pages of a collection of version 2, and the delta link of the last one.
    func readAll(
        _ path: String, headers: [(String, String)] = []
    ) async throws -> (items: [JSON], pageCount: Int, delta: String?) {
        var items: [JSON] = []
        var link = path
        for pageCount in 1...200 {
            let page = try await read(link, headers: headers)
            items += page["results"]?.arrayValue ?? []
            guard let next = page["__next"]?.stringValue else {
                return (items, pageCount, page["__delta"]?.stringValue)
            }
            link = next.hasPrefix("http") ? next : path.prefix { $0 != "/" } + "/" + next
        }
        throw RunningSandbox.Failure(message: "the pages do not end")
    }

    func control(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        try await sandbox.control(method, "erp/" + path, body)
    }

    func set(_ switches: JSON) async throws { _ = try await control("POST", "switches", switches) }
}

extension RunningSandbox.Answer {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of a cookie it sets.
    var cookies: String {
        headers.all("Set-Cookie").compactMap { $0.split(separator: ";").first }
            .joined(separator: "; ")
    }
}

extension JSON {
    func text(_ name: String) -> String? { self[name]?.stringValue }

    /// The path behind the service's root that the entity's own link has.
    var path: String? {
        self["__metadata"]?["uri"]?.stringValue.flatMap { uri in
            uri.split(separator: "/").last.map(String.init)
        }
    }
}
