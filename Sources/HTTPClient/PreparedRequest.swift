/// A request that passed all checks, in the words libcurl takes.
struct PreparedRequest: Sendable {
    let method: String
    let address: WebAddress
    /// `Name: value`.
    let headerLines: [String]
    let body: [UInt8]?
    let options: HTTPClientOptions

    init(_ request: HTTPRequest, _ defaults: HTTPClientOptions) throws(HTTPClientError) {
        address = try WebAddress(request.url)
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(isTokenByte) else {
            throw .badRequest(url: address.place, reason: "the method is not a word")
        }
        (method, body) = (request.method, request.body)
        var lines: [String] = []
        for (name, value) in request.headers {
            lines.append(try headerLine(name, value, place: address.place))
        }
        let names = Set(request.headers.map { $0.0.lowercased() })
        // libcurl would add these of its own accord; a name without a value tells it not to.
        if body != nil, !names.contains("content-type") { lines.append("Content-Type:") }
        if !names.contains("expect") { lines.append("Expect:") }
        headerLines = lines
        var options = defaults
        options.responseBytesMax = max(0, request.responseBytesMax ?? options.responseBytesMax)
        options.idleTimeout = request.idleTimeout ?? options.idleTimeout
        options.totalTimeout = request.totalTimeout ?? options.totalTimeout
        if !request.showsCertificate {
            (options.clientCertificate, options.clientKey) = (nil, nil)
        }
        self.options = options
    }
}

private func headerLine(
    _ name: String, _ value: String, place: String
) throws(HTTPClientError) -> String {
    guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
        throw .badRequest(url: place, reason: "a header's name is not a word")
    }
    guard !["content-length", "transfer-encoding"].contains(name.lowercased()) else {
        throw .badRequest(url: place, reason: "the header \(name) is set by the body alone")
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw .badRequest(url: place, reason: "the header \(name) has a control character")
    }
    // libcurl leaves out a header that is written `Name:`, and sends one that is written `Name;`.
    return value.isEmpty ? name + ";" : name + ": " + value
}

/// Characters of a token (RFC 9110 §5.6.2).
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
