import Dispatch
import Glibc

/// A client that sends exactly the bytes it is told to, however wrong.
///
/// It blocks on threads of its own, never on those that the server's handlers run on.
final class RawClient: Sendable {
    private let descriptor: Int32
    /// A serial queue has a thread at once; the global one shares the handlers'.
    private let queue = DispatchQueue(label: "raw client")

    struct Failure: Error {
        let call: String
        let code = errno
    }

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard code == 0 else { throw Failure(call: "connect") }
        try setTimeout()
    }

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard code == 0 else { throw Failure(call: "connect") }
        try setTimeout()
    }

    deinit { close(descriptor) }

    /// No test waits longer than this for a byte.
    private func setTimeout() throws {
        var timeout = timeval(tv_sec: 120, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        guard setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size) == 0
        else { throw Failure(call: "setsockopt") }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(
                    descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send") }
            sent += count
        }
    }

    /// What comes next, at most 64 KiB; nil at the end of the stream.
    func read() async throws -> String? {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                var buffer = [UInt8](repeating: 0, count: 64 << 10)
                let count = recv(self.descriptor, &buffer, buffer.count, 0)
                if count < 0, errno != ECONNRESET {
                    continuation.resume(throwing: Failure(call: "recv"))
                } else if count <= 0 {
                    continuation.resume(returning: nil)
                } else {
                    continuation.resume(
                        returning: String(decoding: buffer[..<count], as: UTF8.self))
                }
            }
        }
    }

    /// Everything until the server closes the connection.
    func readToEnd() async throws -> String {
        var text = ""
        while let piece = try await read() { text += piece }
        return text
    }

    /// Everything until the text ends like this.
    func read(until suffix: String) async throws -> String {
        var text = ""
        while !text.hasSuffix(suffix), let piece = try await read() { text += piece }
        return text
    }
}
