import Connectors
import Domain
import Foundation
import HTTPClient
import JSON
import Synchronization
import Testing

@Suite("SAP pitfalls of IDocs", .timeLimit(.minutes(5)))
struct SAPIDocTests {
    /// A folder with files of a known age, and what is filed of it.
    private final class Port: Filed {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "idocs-\(UInt64.random(in: 0...UInt64.max))").path
        private let known = Mutex<[String: String]>([:])

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func marks() async throws -> [String: String] { known.withLock { $0 } }

        func note(_ marks: [Page.Mark]) {
            known.withLock { known in for mark in marks { known[mark.name] = mark.text } }
        }

        /// Puts a file there that is so old when it is read.
        func write(
            _ text: String, to name: String, as encoding: String.Encoding = .utf8,
            age: Duration = .seconds(3600)
        ) throws {
            let file = path + "/" + name
            try #require(text.data(using: encoding)).write(to: URL(filePath: file))
            let date = FixedTime.start.addingTimeInterval(-(age / .seconds(1)))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
        }

        func remove(_ name: String) throws {
            try FileManager.default.removeItem(atPath: path + "/" + name)
        }

        func reader(types: [String] = [], bytesMax: Int = 1_000_000_000) throws -> ConnectorReader {
            let definition = try #require(Definition.builtIn().definitions["sap-idoc"])
            return try ConnectorReader(
                definition: definition,
                settings: Settings(
                    name: "idoc", baseURL: "file://\(path)/", tokenURL: nil, connection: [:],
                    scope: ["types": .array(types.map { .string($0) })],
                    contentBytesMax: bytesMax),
                client: HTTPClient(), surroundings: FixedTime().surroundings)
        }

        /// One pass: all pages, whose marks are filed.
        func read(types: [String] = [], bytesMax: Int = 1_000_000_000) async throws -> [Page] {
            let reader = try reader(types: types, bytesMax: bytesMax)
            let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
            let feed = reader.feed(of: stream, filed: self)
            var pages: [Page] = []
            // Not the very first pass, so that marks count.
            var cursor = Cursor.delta("")
            repeat {
                let page = try await feed.page(at: cursor)
                note(page.marks)
                pages.append(page)
                cursor = page.cursor
                if case .delta = cursor { return pages }
            } while pages.count < 1000
            return pages
        }
    }

    private static func idoc(
        _ number: Int, type: String = "ORDERS", time: String = "080000", segments: String = ""
    ) -> String {
        """
        <IDOC BEGIN="1"><EDI_DC40 SEGMENT="1"><MANDT>100</MANDT><DOCNUM>\(number)</DOCNUM>\
        <IDOCTYP>\(type)05</IDOCTYP><CIMTYP/><MESTYP>\(type)</MESTYP><SNDPRN>S4D</SNDPRN>\
        <CREDAT>20260115</CREDAT><CRETIM>\(time)</CRETIM></EDI_DC40>\(segments)</IDOC>
        """
    }

    private static func file(
        _ idocs: String..., encoding: String = "utf-8", root: String = "ORDERS05"
    ) -> String {
        "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><\(root)>\(idocs.joined())</\(root)>"
    }

    private static func ids(_ pages: [Page]) -> [String] {
        pages.flatMap { $0.records.map(\.sourceID) }
    }

    @Test("sap 20: all IDocs of a file are read, and segments nobody knows are kept as they are")
    func several() async throws {
        let port = try Port()
        try port.write(
            Self.file(
                Self.idoc(1, segments: "<E1EDS01 SEGMENT=\"1\"><SUMME>1190.00-</SUMME></E1EDS01>"),
                Self.idoc(2, segments: "<Z1EXT SEGMENT=\"1\"><ZFLAG>X</ZFLAG><ZEMPTY/></Z1EXT>"),
                Self.idoc(3), root: "ZORDERS05"), to: "a.xml")
        let pages = try await port.read()
        #expect(Self.ids(pages).map { String($0.suffix(1)) } == ["1", "2", "3"])
        let records = pages.flatMap(\.records)
        #expect(records[0].payload["E1EDS01"]?["SUMME"] == "1190.00-")
        #expect(records[1].payload["Z1EXT"]?["ZFLAG"] == "X")
        #expect(records[1].payload["Z1EXT"]?["ZEMPTY"] == "")
        #expect(records[2].payload["Z1EXT"] == nil)
    }

    @Test(
        "sap 20: an encoding is what the file declares",
        arguments: [
            ("utf-8", String.Encoding.utf8), ("iso-8859-1", .isoLatin1), ("utf-16", .utf16),
        ])
    func encodings(name: String, encoding: String.Encoding) async throws {
        let port = try Port()
        let segment = "<E1EDKA1 SEGMENT=\"1\"><NAME1>Müller &amp; Söhne</NAME1></E1EDKA1>"
        try port.write(
            Self.file(Self.idoc(1, segments: segment), encoding: name), to: "a.xml", as: encoding)
        let record = try #require(try await port.read().first?.records.first)
        #expect(record.payload["E1EDKA1"]?["NAME1"] == "Müller & Söhne")
    }

    @Test(
        "sap 20: a copy that was sent again is the same document, and an older one is known as such"
    )
    func copies() async throws {
        let port = try Port()
        try port.write(Self.file(Self.idoc(1, time: "090000")), to: "b.xml", age: .seconds(7200))
        try port.write(Self.file(Self.idoc(1, time: "080000")), to: "a.xml", age: .seconds(3600))
        let records = try await port.read().flatMap(\.records)
        #expect(records.count == 2)
        #expect(records[0].sourceID == records[1].sourceID)
        let definition = try port.reader().definition
        #expect(definition.isOlder(records[1].payload, than: records[0].payload))
        #expect(!definition.isOlder(records[0].payload, than: records[1].payload))
    }

    @Test("sap 20: a file that is being written is left alone, and read when it is complete")
    func halfWritten() async throws {
        let port = try Port()
        let whole = Self.file(Self.idoc(1))
        try port.write(String(whole.prefix(200)), to: "a.xml", age: .seconds(5))
        for _ in 0..<2 {
            let pages = try await port.read()
            #expect(Self.ids(pages).isEmpty)
            #expect(pages.allSatisfy { $0.marks.isEmpty && $0.problems.isEmpty })
        }
        try port.write(whole, to: "a.xml", age: .seconds(4))
        #expect(Self.ids(try await port.read()).count == 1)
        #expect(Self.ids(try await port.read()).isEmpty)
    }

    @Test(
        "sap 20: a broken file is set aside with its reason, and tried again when it changes",
        arguments: [
            "<ORDERS05><IDOC", "no XML", "<ORDERS05/>", "<ORDERS05><OTHER/></ORDERS05>",
            "<ORDERS05><IDOC BEGIN=\"1\"><EDI_DC40><MANDT>100</MANDT></EDI_DC40></IDOC></ORDERS05>",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ORDERS05><IDOC>&e;</IDOC></ORDERS05>",
        ])
    func broken(text: String) async throws {
        let port = try Port()
        try port.write(text, to: "a.xml")
        try port.write(Self.file(Self.idoc(7)), to: "b.xml")
        let pages = try await port.read()
        #expect(Self.ids(pages).count == 1)
        #expect(pages.flatMap(\.problems).map(\.sourceID) == ["a.xml"])
        #expect(pages.flatMap(\.problems).allSatisfy { !$0.message.isEmpty })
        // Not again before it changes.
        #expect(try await port.read().flatMap(\.problems).isEmpty)
        try port.write(Self.file(Self.idoc(8)), to: "a.xml", age: .seconds(60))
        #expect(Self.ids(try await port.read()).count == 1)
    }

    private static func named(_ name: String) -> String {
        file(idoc(1, segments: "<E1EDKA1 SEGMENT=\"1\"><NAME1>\(name)</NAME1></E1EDKA1>"))
    }

    private static func declaring(_ entity: String) -> String {
        named("a&e;b").replacing(
            "?><ORDERS05>", with: "?><!DOCTYPE ORDERS05 [<!ENTITY e \(entity)>]><ORDERS05>")
    }

    @Test(
        "sap 20: a file that is whole but for an entity, a control character or its encoding is set aside",
        arguments: [
            (declaring("SYSTEM \"file:///etc/hostname\""), String.Encoding.utf8),
            (declaring("\"inner\""), .utf8), (named("a&#x1F;b"), .utf8),
            (named("Müller"), .isoLatin1),
        ])
    func foul(text: String, encoding: String.Encoding) async throws {
        // What is wrong is that one thing.
        let whole = try Port()
        try whole.write(Self.named("Müller"), to: "a.xml")
        #expect(Self.ids(try await whole.read()).count == 1)
        let port = try Port()
        try port.write(text, to: "a.xml", as: encoding)
        try port.write(Self.file(Self.idoc(7)), to: "b.xml")
        let pages = try await port.read()
        #expect(Self.ids(pages).map { $0.suffix(1) } == ["7"])
        #expect(pages.flatMap(\.problems).map(\.sourceID) == ["a.xml"])
    }

    @Test("sap 20: files that are gone delete nothing")
    func removed() async throws {
        let port = try Port()
        try port.write(Self.file(Self.idoc(1)), to: "a.xml")
        #expect(Self.ids(try await port.read()).count == 1)
        try port.remove("a.xml")
        let pages = try await port.read()
        #expect(pages.allSatisfy { $0.records.isEmpty && !$0.provesAbsence })
    }

    @Test("sap 20: only the message types that are named are filed")
    func types() async throws {
        let port = try Port()
        try port.write(
            Self.file(Self.idoc(1), Self.idoc(2, type: "MATMAS"), Self.idoc(3, type: "DEBMAS")),
            to: "a.xml")
        let pages = try await port.read(types: ["MATMAS", "DEBMAS"])
        let filed = pages.flatMap(\.records).filter { $0.change == .changed }
        #expect(filed.map { String($0.sourceID.suffix(1)) } == ["2", "3"])
        #expect(pages.flatMap(\.marks).count == 1)
    }

    @Test(
        "sap 20: ten thousand IDocs in one file come in pages, and the file is marked with the last"
    )
    func many() async throws {
        let port = try Port()
        let all = (0..<10_000).map { Self.idoc($0) }.joined()
        try port.write(Self.file(all), to: "a.xml")
        let pages = try await port.read()
        #expect(pages.count == 20)
        #expect(Set(Self.ids(pages)).count == 10_000)
        #expect(pages.dropLast().flatMap(\.marks).isEmpty)
        #expect(pages.last?.marks.map(\.name) == ["a.xml"])
    }

    @Test("sap 20: a folder whose reading was interrupted is read to its end by the next pass")
    func resumed() async throws {
        let port = try Port()
        for number in 0..<450 {
            try port.write(Self.file(Self.idoc(number)), to: "\(number).xml")
        }
        let reader = try port.reader()
        let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
        var ids: Set<String> = []
        var cursor = Cursor.start
        var cursors: [Cursor] = []
        // Each page by another pass, which knows the cursor and the marks alone.
        repeat {
            let page = try await reader.feed(of: stream, filed: port).page(at: cursor)
            port.note(page.marks)
            ids.formUnion(Self.ids([page]))
            cursor = page.cursor
            try #require(!cursors.contains(cursor))
            cursors.append(cursor)
            if case .delta = cursor { break }
        } while true
        #expect(ids.count == 450)
        #expect(cursors.count > 1)
    }

    @Test("sap 20: a file beyond the limit is read once that is raised, though it looks the same")
    func tooLarge() async throws {
        let port = try Port()
        try port.write(Self.file(Self.idoc(1)), to: "a.xml")
        let pages = try await port.read(bytesMax: 10)
        #expect(pages.flatMap(\.problems).map(\.sourceID) == ["a.xml"])
        #expect(Self.ids(try await port.read()).count == 1)
    }
}
