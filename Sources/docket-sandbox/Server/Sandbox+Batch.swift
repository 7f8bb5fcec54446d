import HTTPServer
import JSON

/// Several requests in one, each with an answer and a status of its own.
extension Sandbox {
    /// Answers `POST /v1.0/$batch`; the parts' answers come in another order than the parts.
    ///
    /// Each part counts, and is struck by faults, as if it had come alone.
    nonisolated func batch(_ request: HTTPRequest, _ visit: Visit) async -> HTTPResponse {
        do throws(GraphError) {
            if let refusal = visit.tokenRefusal {
                throw .unauthorized(refusal.rawValue, tenant: visit.tenantID)
            }
            guard request.method == "POST" else { throw .badMethod }
            let parts = try Self.parts(of: request)
            var answers: [(id: String, status: Int, json: JSON)] = []
            for part in parts {
                let failed = part.dependencies.contains { id in
                    answers.first { $0.id == id }.map { $0.status >= 400 } ?? true
                }
                let response =
                    failed
                    ? HTTPResponse(status: 424)
                    : await respond(to: part.request)
                answers.append((part.id, response.status, Self.entity(part.id, response)))
            }
            let body: JSON = ["responses": .array(answers.reversed().map(\.json))]
            return HTTPResponse(
                status: 200, headers: [("Content-Type", "application/json")],
                body: body.serializedBytes())
        } catch {
            return error.response(
                requestID: visit.requestID,
                clientRequestID: request.header("client-request-id"), now: visit.now)
        }
    }

    private struct Part {
        let id: String
        let request: HTTPRequest
        let dependencies: [String]
    }

    private static func parts(of request: HTTPRequest) throws(GraphError) -> [Part] {
        guard let json = try? JSON.parse(request.body),
            let items = json["requests"]?.arrayValue, items.count <= Limits.batchMax
        else { throw .badRequest("A batch is a list of at most \(Limits.batchMax) requests.") }
        var parts: [Part] = []
        for item in items {
            guard let id = item["id"]?.stringValue, !parts.contains(where: { $0.id == id }),
                let method = item["method"]?.stringValue, let url = item["url"]?.stringValue,
                url.hasPrefix("/"), !url.lowercased().hasPrefix("/$batch")
            else { throw .badRequest("Invalid batch payload: id, method or url.") }
            let pieces = url.split(separator: "?", maxSplits: 1)
            var headers = request.headers.filter {
                ["authorization", "host"].contains($0.name.lowercased())
            }
            for pair in item["headers"]?.objectMembers?.pairs ?? [] {
                headers.append((pair.name, pair.value.stringValue ?? ""))
            }
            let part = HTTPRequest(
                method: method, path: "/v1.0" + (pieces.first ?? ""),
                query: pieces.count > 1 ? String(pieces[1]) : nil, headers: headers,
                body: item["body"]?.serializedBytes() ?? [])
            let dependencies = item["dependsOn"]?.arrayValue?.compactMap(\.stringValue) ?? []
            parts.append(Part(id: id, request: part, dependencies: dependencies))
        }
        return parts
    }

    /// A body that is not JSON stands as Base64.
    private static func entity(_ id: String, _ response: HTTPResponse) -> JSON {
        let type = response.headers.first { $0.0.lowercased() == "content-type" }?.1 ?? ""
        let isJSON = type.hasPrefix("application/json")
        let parsed = isJSON ? try? JSON.parse(response.body) : nil
        return [
            "id": .string(id), "status": JSON(response.status),
            "headers": .object(
                JSON.Members(response.headers.map { (name: $0.0, value: .string($0.1)) })),
            "body": parsed ?? .string(Base64.encode(response.body)),
        ]
    }
}
