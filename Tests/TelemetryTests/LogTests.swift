import Foundation
import Synchronization
import Telemetry
import Testing

@Suite("Log")
struct LogTests {
    @Test("a line of text has time, level, message and fields; a field without a value is left out")
    func text() {
        let lines = Lines()
        lines.log(.text).info("page filed", ["connector": "mail", "records": "50", "error": nil])
        #expect(lines.text == "2026-01-15T08:00:00Z info page filed connector=mail records=50\n")
    }

    @Test(
        "a value that could be misread is quoted",
        arguments: [
            ("plain", "plain"), ("a/b:c.d-e", "a/b:c.d-e"), ("", "\"\""),
            ("two words", "\"two words\""),
            ("a=b", "\"a=b\""), ("say \"hi\"", "\"say \\\"hi\\\"\""), ("é", "é"),
            ("tab\there", "\"tab\\u0009here\""), ("a\nb", "\"a\\nb\""),
            ("back\\slash", "back\\slash"),
            ("\"\u{301}", "\"\\\"\u{301}\""),
        ])
    func quoting(_ value: String, _ expected: String) {
        let lines = Lines()
        lines.log(.text).info("m", ["f": value])
        #expect(lines.text == "2026-01-15T08:00:00Z info m f=\(expected)\n")
    }

    @Test(
        "text from outside cannot forge a second line",
        arguments: ["a\nb", "a\r\nb", "a\rb", "\n", "a\u{0}b", "a\u{1B}[2Jb"],
        [Log.Format.text, .json])
    func forgery(_ outside: String, _ format: Log.Format) {
        let lines = Lines()
        lines.log(format).error(outside, ["field": outside])
        #expect(lines.text.hasSuffix("\n"))
        #expect(lines.text.unicodeScalars.dropLast().allSatisfy { $0.value >= 0x20 })
    }

    @Test("a line of JSON is one object that gives every text back")
    func json() throws {
        let odd = "\"\\ \n\r\n\t\u{0}\u{1F}é\u{1F600}\u{2028}"
        let lines = Lines()
        lines.log(.json).warning(odd, ["field": odd, "none": nil])
        let object = try JSONSerialization.jsonObject(with: Data(lines.text.utf8))
        #expect(
            object as? [String: String] == [
                "at": "2026-01-15T08:00:00Z", "level": "warning", "message": odd, "field": odd,
            ])
        #expect(lines.text.filter { $0 == "\n" }.count == 1)
    }

    @Test("lines below the least level are dropped", arguments: Log.Level.allCases)
    func levels(_ least: Log.Level) {
        let lines = Lines()
        let log = lines.log(.text, levelMin: least)
        log.debug("m")
        log.info("m")
        log.warning("m")
        log.error("m")
        let kept = lines.text.split(separator: "\n").map { $0.split(separator: " ")[1] }
        #expect(kept == Log.Level.allCases.filter { $0 >= least }.map { Substring($0.name) })
    }

    @Test("a line is written at once, so that lines of several threads do not mix")
    func whole() async {
        let lines = Lines()
        let log = lines.log(.text)
        await withTaskGroup { group in
            for index in 0..<50 { group.addTask { log.info("m", ["i": "\(index)"]) } }
        }
        #expect(lines.writes.count == 50)
        #expect(lines.writes.allSatisfy { $0.filter(\.isNewline).count == 1 && $0.hasSuffix("\n") })
    }
}

/// What a log wrote, at eight in the morning of 15 January 2026.
final class Lines: Sendable {
    private let written = Mutex<[String]>([])

    var writes: [String] { written.withLock { $0 } }
    var text: String { writes.joined() }

    func log(
        _ format: Log.Format, levelMin: Log.Level = .info, journalSocket: String = "/nowhere"
    ) -> Log {
        Log(
            levelMin: levelMin, format: format,
            now: { Date(timeIntervalSince1970: 1_768_464_000) },
            write: { bytes in
                self.written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
            }, journalSocket: journalSocket)
    }
}
