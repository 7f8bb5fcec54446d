import Glibc

/// A hash that could not be made.
package enum CryptoError: Error, Equatable, CustomStringConvertible {
    /// OpenSSL cannot serve: out of memory, or configured without the algorithm.
    case unavailable(String)
    case file(path: String, reason: String)

    static func lastFailure(ofFile path: String) -> CryptoError {
        .file(path: path, reason: String(cString: strerror(errno)))
    }

    /// Never: the file or the configuration wants mending first.
    package var isTransient: Bool { false }

    package var description: String {
        switch self {
        case .unavailable(let reason): "cannot hash: \(reason)"
        case .file(let path, let reason): "cannot hash \(path): \(reason)"
        }
    }
}
