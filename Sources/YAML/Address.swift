/// The parts of a URL that configuration cares about.
package struct Address: Sendable, Equatable {
    /// Lower case, such as `https`.
    package let scheme: String
    /// Lower case, an IPv6 address without its brackets; empty in `file:///`.
    package let host: String
    package let port: Int?
    /// Whether a user name or password stands before the host.
    package let hasUser: Bool
    /// From the first `/` on.
    package let path: String

    /// - Parameter text: `scheme://[user@]host[:port][/path]`; nil when it is not of that form or
    ///   contains spaces or control characters.
    package init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 }),
            let separator = text.firstRange(of: "://")
        else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard let first = scheme.first, first.isASCII, first.isLetter,
            scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let place = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard place.count <= 2, let hostAndPort = place.last,
            let (host, port) = Self.split(hostAndPort)
        else { return nil }
        guard !host.isEmpty || (scheme == "file" && port == nil) else { return nil }
        (self.scheme, self.host, self.port) = (scheme, host.lowercased(), port)
        (self.hasUser, self.path) = (place.count == 2, String(rest.dropFirst(authority.count)))
    }

    /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
    package var isLoopback: Bool { Self.isLoopback(host) }

    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && numbers.allSatisfy { $0 != nil }
    }

    /// `host`, `host:port`, `[v6]` or `[v6]:port`, as in a URL.
    ///
    /// - Parameter text: The text between user and path.
    /// - Returns: The host without brackets and the port from 0 to 65535; nil for anything else.
    package static func split(_ text: some StringProtocol) -> (host: String, port: Int?)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<end]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || ":.%".contains($0) })
            else {
                return nil
            }
            let rest = text[text.index(after: end)...]
            guard !rest.isEmpty else { return (String(host), nil) }
            guard rest.first == ":", let port = port(rest.dropFirst()) else { return nil }
            return (String(host), port)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first else { return nil }
        guard host.allSatisfy({ !"[]<>\"\\^`{|}".contains($0) }) else { return nil }
        guard parts.count == 2 else { return (String(host), nil) }
        guard let port = port(parts[1]) else { return nil }
        return (String(host), port)
    }

    private static func port(_ text: some StringProtocol) -> Int? {
        guard (1...5).contains(text.count), text.allSatisfy(\.isDigit), let port = Int(text),
            port <= 65_535
        else { return nil }
        return port
    }
}
