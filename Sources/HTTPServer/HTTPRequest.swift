/// One request as it was sent.
package struct HTTPRequest: Sendable {
    package let method: String
    /// Still percent-encoded, without the query; a whole URL where a proxy is asked.
    package let path: String
    /// What follows the first `?`, still encoded; nil without one.
    package let query: String?
    /// In the order they were sent; a name may be there more than once.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// The client's numeric address; nil on a Unix socket.
    package let remoteAddress: String?

    package init(
        method: String, path: String, query: String? = nil,
        headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        remoteAddress: String? = nil
    ) {
        (self.method, self.path, self.query) = (method, path, query)
        (self.headers, self.body, self.remoteAddress) = (headers, body, remoteAddress)
    }

    /// The first header of this name, in whatever case either is written.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The query's pairs, decoded as form fields: `+` is a space, `%41` is `A`.
    ///
    /// A name without `=` has the empty value. A `%` that no two hexadecimal digits follow stays
    /// as it is.
    package func queryItems() -> [(name: String, value: String)] {
        guard let query else { return [] }
        return query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decodeForm(parts[0]), parts.count > 1 ? decodeForm(parts[1]) : "")
        }
    }

    /// The first value the query gives this name.
    package func queryItem(_ name: String) -> String? {
        queryItems().first { $0.name == name }?.value
    }
}

private func decodeForm(_ text: Substring.UTF8View.SubSequence) -> String {
    let bytes = Array(text)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "%"), index + 2 < bytes.count,
            let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
        {
            decoded.append(high << 4 | low)
            index += 3
        } else {
            decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index += 1
        }
    }
    return String(decoding: decoded, as: UTF8.self)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
