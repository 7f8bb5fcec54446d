import YAML

/// Where the admin server listens.
package enum ListenAddress: Sendable, Equatable {
    /// Port 0 lets the kernel choose.
    case tcp(host: String, port: Int)
    case unix(path: String)

    /// Whether only this machine can connect.
    package var isLocal: Bool {
        switch self {
        case .tcp(let host, _): Address.isLoopback(host)
        case .unix: true
        }
    }
}

extension ListenAddress {
    static let form = Form<ListenAddress>(.text(name: "address", pattern: nil)) {
        node, reader in
        let text = node.scalar
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // The kernel's sockaddr_un holds 108 bytes, the closing NUL included.
            if path.hasPrefix("/"), path.utf8.count <= 107 { return .unix(path: path) }
            reader.error(
                at: node.location, "a socket's path is absolute and at most 107 bytes long")
            return nil
        }
        if let (host, port) = Address.split(text), let port, !host.isEmpty {
            return .tcp(host: host, port: port)
        }
        reader.error(
            at: node.location,
            "\(quoted(text)) is no address; write `HOST:PORT`, `[IPV6]:PORT` or `unix:/PATH`")
        return nil
    }
}
