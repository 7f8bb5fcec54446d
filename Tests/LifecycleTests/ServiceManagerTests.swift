import Foundation
import Glibc
import Lifecycle
import Testing

@Suite("ServiceManager")
struct ServiceManagerTests {
    @Test("tells a socket at a path, or in the abstract name space, one datagram a message")
    func messages() throws {
        let id = UUID().uuidString
        for address in ["/tmp/docket-notify-\(id)", "@docket-notify-\(id)"] {
            let socket = try NotifySocket(address)
            let manager = ServiceManager(environment: ["NOTIFY_SOCKET": address])
            manager.ready(status: "reading")
            manager.status("3 documents")
            manager.stopping()
            #expect(socket.receive() == "READY=1\nSTATUS=reading")
            #expect(socket.receive() == "STATUS=3 documents")
            #expect(socket.receive() == "STOPPING=1")
            #expect(socket.receive() == nil)
            socket.close()
        }
    }

    @Test(
        "is silent where nobody asked, nobody listens, or the name is too long",
        arguments: [
            nil, "", "/tmp/docket-nobody-listens", "@docket-nobody-listens", "/",
            "/tmp/" + String(repeating: "x", count: 200), "@", "/tmp/a\0b",
        ])
    func nobody(_ address: String?) {
        var environment: [String: String] = [:]
        environment["NOTIFY_SOCKET"] = address
        ServiceManager(environment: environment).ready(status: "reading")
    }
}

/// What systemd has in place of docket: a bound datagram socket.
private struct NotifySocket {
    private let descriptor: Int32
    private let path: String

    init(_ address: String) throws {
        path = address
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(address.utf8)
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let status = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length)
            }
        }
        try #require(status == 0, "\(String(cString: strerror(errno)))")
    }

    /// The next datagram; nil where none waits.
    func receive() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    func close() {
        Glibc.close(descriptor)
        if path.hasPrefix("/") { unlink(path) }
    }
}
