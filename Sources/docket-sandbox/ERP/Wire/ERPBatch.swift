import HTTPServer

/// A `$batch` of readings (OData 2.0, Batch Processing); change sets are refused.
struct ERPBatch {
    struct Part {
        let request: HTTPRequest
        let isReading: Bool
    }

    let parts: [Part]

    /// - Throws: ``ERPError`` 400 for a body that is no batch.
    init(_ request: ERPRequest) throws(ERPError) {
        let type = request.http.header("content-type") ?? ""
        guard request.http.method == "POST", type.lowercased().hasPrefix("multipart/mixed"),
            let mark = type.firstRange(of: /boundary=/)
        else { throw .badRequest("A batch is a POST of multipart/mixed with a boundary") }
        let boundary = type[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        let body = String(decoding: request.http.body, as: UTF8.self)
            .replacing("\r\n", with: "\n")
        // Before the first boundary stands nothing, behind the last one `--`.
        let texts = body.split(separator: "--\(boundary)", omittingEmptySubsequences: false)
            .dropFirst().filter { !$0.hasPrefix("--") }
        guard !texts.isEmpty, texts.count <= ERPLimits.batchPartsMax else {
            throw .badRequest("A batch has 1 to \(ERPLimits.batchPartsMax) parts")
        }
        var parts: [Part] = []
        for text in texts { parts.append(try Self.part(text, of: request)) }
        self.parts = parts
    }

    private static func part(
        _ text: Substring, of request: ERPRequest
    ) throws(ERPError) -> Part {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let head = lines.first { $0.hasSuffix(" HTTP/1.1") }?.split(separator: " ") ?? []
        guard head.count == 3 else {
            return Part(request: request.http, isReading: false)
        }
        let target = head[1].split(separator: "?", maxSplits: 1)
        guard let relative = target.first else { throw .badRequest("A part has no address") }
        let headers = lines.drop { !$0.hasSuffix(" HTTP/1.1") }.dropFirst().prefix { !$0.isEmpty }
        let own = headers.map { line -> (name: String, value: String) in
            let pair = line.split(separator: ":", maxSplits: 1)
            return (String(pair[0]), String((pair.count > 1 ? pair[1] : "").drop { $0 == " " }))
        }
        let path = relative.hasPrefix("/") ? String(relative) : request.service.root + relative
        let http = HTTPRequest(
            method: String(head[0]), path: path,
            query: target.count > 1 ? String(target[1]) : nil, headers: own)
        return Part(request: http, isReading: head[0] == "GET" && !path.hasSuffix("/$batch"))
    }

    static let refusal = ERPError.page(status: 501, title: "Change sets are not supported")

    func response(_ answers: [HTTPResponse]) -> HTTPResponse {
        let boundary = "9F1E2D3C4B5A0"
        var body: [UInt8] = []
        for answer in answers {
            body += "--\(boundary)\r\nContent-Type: application/http\r\n".utf8
            body += "Content-Transfer-Encoding: binary\r\n\r\n".utf8
            body += "HTTP/1.1 \(answer.status) \(answer.status < 400 ? "OK" : "Error")\r\n".utf8
            for (name, value) in answer.headers { body += "\(name): \(value)\r\n".utf8 }
            body += "Content-Length: \(answer.body.count)\r\n\r\n".utf8
            body += answer.body
            body += "\r\n".utf8
        }
        body += "--\(boundary)--\r\n".utf8
        return HTTPResponse(
            status: 202,
            headers: [
                ("Content-Type", "multipart/mixed; boundary=\(boundary)"),
                ("DataServiceVersion", "2.0"),
            ], body: body)
    }
}
