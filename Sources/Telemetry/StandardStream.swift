import Glibc

/// Standard output or standard error, written to without buffering.
///
/// A reader that went away, as `head` does, is no error: the rest is not wanted any more.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Writes all bytes at once where the system lets it, so that lines of several threads do
    /// not mix.
    package func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    package func write(_ text: String) { write(Array(text.utf8)) }
}
