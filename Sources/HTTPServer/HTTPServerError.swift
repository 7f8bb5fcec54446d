/// Why a server could not be started.
package enum HTTPServerError: Error, Equatable, CustomStringConvertible {
    case cannotResolve(host: String, reason: String)
    case cannotListen(address: String, reason: String)
    case pathTooLong(path: String, bytesMax: Int)
    /// Another process answers on this path.
    case pathInUse(path: String)
    case cannotStart(address: String)

    /// True where the same start may succeed later: a port or path that is still in use.
    package var isTransient: Bool {
        switch self {
        case .cannotResolve, .cannotListen, .pathInUse, .cannotStart: true
        case .pathTooLong: false
        }
    }

    package var description: String {
        switch self {
        case .cannotResolve(let host, let reason):
            "cannot resolve \(host) to listen on it: \(reason); use an address of this machine"
        case .cannotListen(let address, let reason):
            "cannot listen on \(address): \(reason); use another port, or stop what uses it"
        case .pathTooLong(let path, let bytesMax):
            "socket path \(path) is longer than \(bytesMax) bytes; use a shorter one"
        case .pathInUse(let path):
            "another process listens on \(path); stop it, or use another path"
        case .cannotStart(let address):
            "cannot start the server's thread for \(address); check the limits of open files "
                + "and threads"
        }
    }
}
