import Glibc

/// The journal's native protocol: one datagram an event, so that every field can be queried.
///
/// `journalctl DOCKET_CONNECTOR=sales-mail` then finds the lines of one connector.
///
/// Source: systemd, "Native Journal Protocol", https://systemd.io/JOURNAL_NATIVE_PROTOCOL.
struct Journal: Sendable {
    /// Larger events would need a file descriptor; they fall back to text.
    private static let byteCountMax = 65_536

    let path: String

    /// Whether the journal took the event.
    func send(_ line: LogLine) -> Bool {
        var message: [UInt8] = []
        Self.append("MESSAGE", line.message, to: &message)
        Self.append("PRIORITY", Self.priority(line.level), to: &message)
        Self.append("SYSLOG_IDENTIFIER", "docket", to: &message)
        for field in line.fields {
            Self.append("DOCKET_\(field.name.uppercased())", field.value, to: &message)
        }
        guard message.count <= Self.byteCountMax else { return false }
        return transmit(message)
    }

    /// A field with its length, the form that allows line feeds in the value.
    private static func append(_ name: String, _ value: String, to message: inout [UInt8]) {
        message += Array(name.utf8) + [0x0A]
        let count = UInt64(value.utf8.count)
        message += (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * UInt64($0))) }
        message += Array(value.utf8) + [0x0A]
    }

    private static func priority(_ level: Log.Level) -> String {
        switch level {
        case .debug: "7"
        case .info: "6"
        case .warning: "4"
        case .error: "3"
        }
    }

    private func transmit(_ message: [UInt8]) -> Bool {
        var name = sockaddr_un()
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { return false }
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let sent = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                sendto(
                    descriptor, message, message.count, Int32(MSG_NOSIGNAL), address,
                    socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return sent == message.count
    }
}
