import CCurl

/// A URL taken apart by the parser that will also connect, so that what is checked is what is
/// asked.
///
/// Only `http` and `https`, no user information, an ASCII host.
package struct WebAddress: Sendable, Equatable {
    /// Whole and normalised, without fragment: spaces and bytes beyond ASCII percent-encoded, dot
    /// segments resolved.
    package let url: String
    package let origin: Origin
    /// Without query: fit for logs.
    package let place: String

    /// Reads an absolute URL, or one relative to another.
    ///
    /// - Parameters:
    ///   - link: What the configuration or a server gave.
    ///   - base: What a relative link is relative to; nil demands an absolute one.
    /// - Throws: ``HTTPClientError/badURL(reason:)``, whose reason never quotes the link.
    package init(_ link: String, against base: WebAddress? = nil) throws(HTTPClientError) {
        try checkURLBytes(link)
        guard let parts = curl_url() else { throw .badURL(reason: "out of memory") }
        defer { curl_url_cleanup(parts) }
        if let base { try setURL(parts, base.url) }
        try setURL(parts, link)
        _ = curl_url_set(parts, CURLUPART_FRAGMENT, nil, 0)
        let scheme = try urlPart(parts, CURLUPART_SCHEME).lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw .badURL(reason: "the scheme is neither http nor https")
        }
        let host = try urlPart(parts, CURLUPART_HOST).lowercased()
        guard host.utf8.allSatisfy(isHostByte) else {
            throw .badURL(reason: "the host has characters that no host name has")
        }
        let portText = try urlPart(parts, CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT))
        guard let port = UInt16(portText), port > 0 else {
            throw .badURL(reason: "the port is not between 1 and 65535")
        }
        origin = Origin(scheme: scheme, host: host, port: port)
        url = try urlPart(parts, CURLUPART_URL)
        place = String(url.prefix { $0 != "?" })
    }

    /// Whether both are served by the same scheme, host and port.
    package func isSameOrigin(as other: WebAddress) -> Bool { origin == other.origin }
}

func setURL(_ parts: OpaquePointer, _ url: String) throws(HTTPClientError) {
    let flags = UInt32(CURLU_DISALLOW_USER | CURLU_URLENCODE)
    let code = curl_url_set(parts, CURLUPART_URL, url, flags)
    guard code == CURLUE_OK else {
        throw .badURL(reason: String(cString: curl_url_strerror(code)))
    }
}

func urlPart(
    _ parts: OpaquePointer, _ part: CURLUPart, _ flags: UInt32 = 0
) throws(HTTPClientError) -> String {
    var text: UnsafeMutablePointer<CChar>?
    let code = curl_url_get(parts, part, &text, flags)
    guard code == CURLUE_OK, let text else {
        throw .badURL(reason: String(cString: curl_url_strerror(code)))
    }
    defer { curl_free(text) }
    return String(cString: text)
}

/// Refuses what parsers disagree about, before one sees it.
func checkURLBytes(_ url: String) throws(HTTPClientError) {
    guard url.utf8.count <= Limits.urlBytesMax else {
        throw .badURL(reason: "longer than \(Limits.urlBytesMax) bytes")
    }
    for byte in url.utf8 where byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") {
        throw .badURL(reason: "has a control character or a backslash")
    }
}

func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "["),
        UInt8(ascii: "]"), UInt8(ascii: ":"):
        true
    default: false
    }
}
