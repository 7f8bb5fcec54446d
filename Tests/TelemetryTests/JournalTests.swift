import Foundation
import Glibc
import Telemetry
import Testing

@Suite("Journal")
struct JournalTests {
    @Test("an event is one datagram of fields with their lengths, line feeds and all")
    func datagram() throws {
        let path = "/tmp/docket-journal-\(UUID().uuidString)"
        let descriptor = try bound(path)
        defer {
            close(descriptor)
            unlink(path)
        }
        let lines = Lines()
        let log = lines.log(.journal, levelMin: .debug, journalSocket: path)
        log.error("went\nwrong", ["connector": "mail", "none": nil])
        #expect(
            fields(try receive(descriptor)) == [
                "MESSAGE": "went\nwrong", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "docket",
                "DOCKET_CONNECTOR": "mail",
            ])
        for (level, priority) in zip([log.debug, log.info, log.warning], ["7", "6", "4"]) {
            level("m", [:])
            #expect(fields(try receive(descriptor))["PRIORITY"] == priority)
        }
        #expect(lines.text == "")
    }

    @Test("where no journal takes the event, it is a line of text")
    func fallback() throws {
        for socket in ["/nowhere", "/", "/tmp/" + String(repeating: "x", count: 200)] {
            let lines = Lines()
            lines.log(.journal, journalSocket: socket).info("m", ["a": "b"])
            #expect(lines.text == "2026-01-15T08:00:00Z info m a=b\n")
        }
        let path = "/tmp/docket-journal-\(UUID().uuidString)"
        let descriptor = try bound(path)
        defer {
            close(descriptor)
            unlink(path)
        }
        let lines = Lines()
        let long = String(repeating: "x", count: 70_000)
        lines.log(.journal, journalSocket: path).info(long)
        #expect(lines.text.hasSuffix(" \(long)\n"))
    }

    private func bound(_ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let status = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0)
        return descriptor
    }

    private func receive(_ descriptor: Int32) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        try #require(count >= 0)
        return Array(buffer[..<count])
    }

    /// Reads name, line feed, length in eight bytes, value, line feed; again and again.
    private func fields(_ datagram: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        var rest = datagram[...]
        while let end = rest.firstIndex(of: 0x0A), rest.count > end - rest.startIndex + 9 {
            let name = String(decoding: rest[..<end], as: UTF8.self)
            let length = rest[(end + 1)..<(end + 9)].reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest[(end + 9)...]
            fields[name] = String(decoding: rest.prefix(length), as: UTF8.self)
            rest = rest.dropFirst(length + 1)
        }
        return fields
    }
}
