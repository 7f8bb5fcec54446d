import CCurl

/// Where a folder is.
enum FolderAddress: Equatable {
    case local(path: String)
    /// The URL ends with a slash.
    case sftp(url: String, host: String, port: Int)

    /// Reads `file:///dir/` or `sftp://host[:port]/dir/`.
    ///
    /// - Throws: ``FolderError/badAddress(reason:)``, whose reason never quotes the address.
    init(_ url: String) throws(FolderError) {
        do throws(HTTPClientError) {
            try checkURLBytes(url)
            // libcurl would take the path's first word for the host.
            guard !url.lowercased().hasPrefix("sftp:///") else {
                throw HTTPClientError.badURL(reason: "it has no host")
            }
            guard let parts = curl_url() else { throw HTTPClientError.badURL(reason: "no memory") }
            defer { curl_url_cleanup(parts) }
            try setURL(parts, url)
            self = try Self.read(parts)
        } catch {
            guard case .badURL(let reason) = error else { throw .badAddress(reason: "\(error)") }
            throw .badAddress(reason: reason)
        }
    }

    /// Fit for logs.
    var place: String {
        switch self {
        case .local(let path): path
        case .sftp(let url, _, _): url
        }
    }

    private static func read(_ parts: OpaquePointer) throws(HTTPClientError) -> FolderAddress {
        for part in [CURLUPART_QUERY, CURLUPART_FRAGMENT] {
            guard (try? urlPart(parts, part)) == nil else {
                throw .badURL(reason: "a folder has neither query nor fragment; encode ? and #")
            }
        }
        switch try urlPart(parts, CURLUPART_SCHEME).lowercased() {
        case "file":
            return .local(path: try urlPart(parts, CURLUPART_PATH, UInt32(CURLU_URLDECODE)))
        case "sftp":
            let host = try urlPart(parts, CURLUPART_HOST).lowercased()
            guard host.utf8.allSatisfy(isHostByte) else {
                throw .badURL(reason: "the host has characters that no host name has")
            }
            let port = UInt16((try? urlPart(parts, CURLUPART_PORT)) ?? "22") ?? 0
            guard port > 0 else { throw .badURL(reason: "the port is not between 1 and 65535") }
            let url = try urlPart(parts, CURLUPART_URL)
            return .sftp(url: url.hasSuffix("/") ? url : url + "/", host: host, port: Int(port))
        default:
            throw .badURL(reason: "the scheme is neither file nor sftp")
        }
    }
}
