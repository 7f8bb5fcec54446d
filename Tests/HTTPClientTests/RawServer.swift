import Dispatch
import Glibc
import Synchronization

/// A server that answers each request head with exactly the bytes it is told to, however wrong,
/// and closes the connection.
final class RawServer: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let log = Log()

    private final class Log: Sendable {
        let heads = Mutex<[String]>([])
    }

    struct Failure: Error {
        let call: String
        let code = errno
    }

    /// Starts to listen on a port of the kernel's choice.
    ///
    /// `reply` gets a request's head and gives pieces with pauses before them; nil keeps the
    /// connection open and silent until the client closes it.
    init(reply: @escaping @Sendable (String) -> [(pause: Duration, bytes: [UInt8])]?) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { throw Failure(call: "listen") }
        port = UInt16(bigEndian: address.sin_port)
        DispatchQueue(label: "raw server").async { [log] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                DispatchQueue(label: "raw connection").async {
                    let head = readHead(connection)
                    log.heads.withLock { $0.append(head) }
                    serve(connection, reply(head))
                    close(connection)
                }
            }
            close(descriptor)
        }
    }

    convenience init(_ text: String) throws {
        try self.init { _ in [(.zero, Array(text.utf8))] }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    var requestHeads: [String] { log.heads.withLock { $0 } }
}

private func readHead(_ connection: Int32) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(connection, &byte, 1, 0) == 1 {
        bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func serve(_ connection: Int32, _ pieces: [(pause: Duration, bytes: [UInt8])]?) {
    for (pause, bytes) in pieces ?? [] {
        usleep(UInt32(pause / .microseconds(1)))
        guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        else { return }
    }
    if pieces != nil { shutdown(connection, Int32(SHUT_WR)) }
    var byte: UInt8 = 0
    while recv(connection, &byte, 1, 0) == 1 {}
}
