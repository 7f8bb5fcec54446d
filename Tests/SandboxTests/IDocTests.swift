import Foundation
import JSON
import SandboxTesting
import Testing

@Suite("The ERP system's file port", .timeLimit(.minutes(5)))
struct IDocTests {
    private struct Port {
        let sandbox: RunningSandbox
        let directory: URL

        func control(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
            try await sandbox.control(method, "idocs/" + path, body)
        }

        func truth() async throws -> [String] {
            try await control("GET", "truth").arrayValue?.compactMap { $0.text("source_id") } ?? []
        }

        /// Every file that is there, as its declaration says it is to be read.
        func files() throws -> [String: String] {
            var files: [String: String] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
                let data = try Data(contentsOf: directory.appending(path: name))
                let encoding: String.Encoding =
                    data.starts(with: [0xFE, 0xFF])
                    ? .utf16
                    : data.prefix(60).contains(Data("iso-8859-1".utf8))
                        ? .isoLatin1 : .utf8
                files[name] = String(data: data, encoding: encoding)
            }
            return files
        }
    }

    private static func with(_ body: (Port) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "idocs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try await RunningSandbox.with(["--idoc-directory", directory.path]) { sandbox in
            try await body(Port(sandbox: sandbox, directory: directory))
        }
    }

    private static func numbers(_ text: String) -> [String] {
        text.matches(of: /<DOCNUM>(\d{16})<\/DOCNUM>/).map { String($0.1) }
    }

    @Test("writes all types, in several code pages, some together in a file")
    func seeded() async throws {
        try await Self.with { port in
            #expect(port.sandbox.announced["idoc_base_url"] == "file://\(port.directory.path)")
            let files = try port.files()
            #expect(files.count == 32)
            for type in ["MATMAS05", "DEBMAS07", "ORDERS05", "INVOIC02", "DELVRY07"] {
                #expect(files.keys.contains { $0.hasPrefix(type) })
            }
            let texts = Array(files.values)
            #expect(texts.contains { $0.contains("encoding=\"utf-16\"") })
            #expect(texts.contains { $0.contains("encoding=\"iso-8859-1\"") })
            #expect(texts.contains { $0.contains("<Z1ROUTING SEGMENT=\"1\">") })
            #expect(texts.contains { $0.contains("<SUMME>1201.00-</SUMME>") })
            #expect(texts.contains { Self.numbers($0).count == 3 })
            // Umlauts show that bytes and declaration agree.
            #expect(texts.filter { $0.contains("iso-8859-1") }.contains { $0.contains("ö") })
            let whole = files.values.filter { $0.hasSuffix("05>\n") || $0.hasSuffix(">\n") }
            #expect(whole.count == 31)
            let read = whole.flatMap(Self.numbers)
            #expect(read.count == 34)
            #expect(Set(read) == Set(try await port.truth()))
        }
    }

    @Test("names every document once, with its scope and type")
    func truth() async throws {
        try await Self.with { port in
            let first = try await port.control("GET", "truth").arrayValue?.first
            #expect(
                first == [
                    "source_id": "0000000001000001",
                    "scope": .string(port.directory.lastPathComponent),
                    "title": "MATMAS 0000000001000001", "file": "MATMAS05_000001.xml",
                ])
            _ = try await port.control("POST", "resend", ["docnum": "0000000001000001"])
            _ = try await port.control("DELETE", "files/MATMAS05_000001.xml")
            let numbers = try await port.truth()
            #expect(Set(numbers).count == numbers.count)
            #expect(numbers.contains("0000000001000001"))
        }
    }

    @Test("leaves a file half-written until it is told to complete it")
    func halves() async throws {
        try await Self.with { port in
            let made = try await port.control("POST", "half-write", ["type": "INVOIC02"])
            let name = try #require(made["files"]?.arrayValue?.first?.stringValue)
            let before = try #require(try port.files()[name])
            #expect(!before.contains("</INVOIC02>"))
            let count = try await port.truth().count
            _ = try await port.control("POST", "complete", ["file": .string(name)])
            let after = try #require(try port.files()[name])
            #expect(after.hasPrefix(before))
            #expect(after.hasSuffix("</INVOIC02>\n"))
            #expect(try await port.truth().count == count + 1)
        }
    }

    @Test("writes as many documents as are asked for, and changes at random")
    func creation() async throws {
        try await Self.with { port in
            let before = try await port.truth().count
            let made = try await port.control(
                "POST", "documents",
                ["type": "DEBMAS07", "count": 5, "per_file": 2, "encoding": "utf-16"])
            #expect(made["files"]?.arrayValue?.count == 3)
            #expect(try await port.truth().count == before + 5)
            _ = try await port.control("POST", "complete", [:])
            let seen = Set(try port.files().values.flatMap(Self.numbers))
            _ = try await port.control("POST", "mutate", ["count": 40, "seed": 3])
            let now = seen.union(try port.files().values.flatMap(Self.numbers))
            #expect(now == Set(try await port.truth()))
            #expect(now.count > seen.count)
        }
    }

    @Test("is not played without a directory")
    func absence() async throws {
        try await RunningSandbox.with { sandbox in
            #expect(sandbox.announced["idoc_base_url"] == nil)
            await #expect(throws: RunningSandbox.Failure.self) {
                try await sandbox.control("GET", "idocs/state")
            }
        }
    }
}
