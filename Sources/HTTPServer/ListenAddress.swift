/// Where a server listens.
package enum ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// A numeric address, or a name that resolves to one; port 0 lets the kernel choose.
    case tcp(host: String, port: UInt16)
    /// A path of at most 107 bytes. A socket left behind by a dead process is replaced.
    case unix(path: String)

    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
