import Crypto
import Domain
import Foundation
import JSON
import Normalize
import Testing

@Suite("Normalizer")
struct NormalizerTests {
    private func document(_ changes: JSON = [:], _ metadata: [String: String] = [:]) throws
        -> Document
    {
        try Normalizer.document(
            from: Messages.record(changes), mapping: Messages.mapping(metadata: metadata))
    }

    @Test("makes a document of a whole record")
    func whole() throws {
        let document = try document()
        #expect(document.sourceID == "AAMk=")
        #expect(document.kind == "email")
        #expect(document.title == "Order 4711 shipped")
        #expect(document.author == "ann@example.com")
        #expect(document.participants == ["ann@example.com", "Bob@example.com", "cy@example.com"])
        #expect(document.language == "en")
        #expect(document.createdAt == Date(timeIntervalSince1970: 1_768_464_002))
        #expect(document.modifiedAt == nil)
        #expect(document.body == "The order was shipped on Monday.\n\nIt arrives soon.")
        #expect(document.metadata == [:])
        let hashed = document.title + "\n" + document.body
        #expect(document.contentSHA256 == (try sha256(hashed)))
    }

    @Test("takes the first path with a value")
    func firstPath() throws {
        let other = try document([
            "subject": " \u{200B}", "name": "Other", "from": ["address": ""],
            "sender": ["address": "sender@example.com"], "sentAt": "0001-01-01T00:00:00Z",
            "createdAt": "2026-01-15T08:00:02.0266667Z",
        ])
        #expect(other.title == "Other")
        #expect(other.author == "sender@example.com")
        #expect(abs((other.createdAt?.timeIntervalSince1970 ?? 0) - 1_768_464_002.0266667) < 1e-6)
    }

    @Test("reads a body as what its form says", arguments: ["text", "Text", "other", nil])
    func plainBody(_ form: String?) throws {
        let body: JSON = ["form": form.map(JSON.string) ?? .null, "content": "a <b>\r\n\r\n\r\nc"]
        #expect(try document(["body": body]).body == "a <b>\n\nc")
    }

    @Test("reads HTML where there is no other text, and the members where there is none at all")
    func otherBodies() throws {
        let mapping = Messages.mapping(listsMembers: true)
        func body(_ changes: JSON) throws -> String {
            try Normalizer.document(from: Messages.record(changes), mapping: mapping).body
        }
        let html: JSON = .string("<p>One</p><p>Two</p>")
        #expect(try body(["body": ["content": "Plain."], "html": html]) == "Plain.")
        #expect(try body(["body": ["content": ""], "html": html]) == "One\n\nTwo")
        let listed = try body(["body": [:], "count": 3, "@odata.etag": "x", "to": [], "cc": nil])
        #expect(listed.split(separator: "\n").contains("count: 3"))
        #expect(listed.contains("from:\n  address: ann@example.com\n  name: Ann"))
        #expect(!listed.contains("etag") && !listed.contains("cc"))
    }

    @Test("takes what was read of the content in place of a text in the payload")
    func content() throws {
        let content = ContentText(
            text: "Read.", isTruncated: true, facts: ["state": "read", "bytes": 5])
        let document = try Normalizer.document(
            from: Messages.record(), mapping: Messages.mapping(), content: content)
        #expect(document.body == "Read.")
        // The database has an order of its own, and the same facts must be the same text.
        #expect(document.metadata["content"]?.serialized() == #"{"bytes":5,"state":"read"}"#)
        #expect(
            document.metadata == [
                "body_truncated": true, "content": ["bytes": 5, "state": "read"],
            ])
    }

    @Test("keeps metadata that is there, in a form PostgreSQL takes")
    func metadata() throws {
        let document = try document(
            ["flag": ["a\u{0}b": "c\u{1}", "n": .number("1e999999")], "empty": nil, "size": 12],
            [
                "flag": "flag", "to": "to[]/address", "size": "size", "empty": "empty",
                "absent": "a/b",
            ])
        #expect(
            document.metadata == [
                "flag": ["ab": "c", "n": "1e999999"], "size": 12, "to": ["Bob@example.com"],
            ])
    }

    @Test(
        "leaves numbers alone that PostgreSQL holds",
        arguments: [
            ("0", true), ("-1.5e3", true), ("1e299", true), ("1e300", false), ("1e-301", false),
            ("0e999999999999", false), ("123456789012345678901234567890", true),
        ])
    func numbers(_ text: String, _ isKept: Bool) {
        #expect(
            Normalizer.storable(.number(text)) == (isKept ? .number(text) : .string(text)))
    }

    @Test("cuts what is too long and says so where it is the body")
    func limits() throws {
        let long = String(repeating: "é", count: 2_200_000)
        let document = try document([
            "subject": .string(long), "body": ["content": .string(long)], "link": .string(long),
            "to": .array((0..<2000).map { ["address": .string("a\($0)@example.com")] }),
        ])
        #expect(document.title.utf8.count == 1024)
        #expect(document.body.utf8.count == 4 << 20)
        #expect(document.metadata["body_truncated"] == true)
        #expect(document.participants.count == 1000)
        #expect(document.sourceURL == nil)
    }

    @Test("knows a partial record by a required path it does not mention")
    func partial() throws {
        let mapping = Messages.mapping()
        #expect(!Normalizer.isPartial(Messages.record(), mapping: mapping))
        #expect(!Normalizer.isPartial(Messages.record(["from": nil]), mapping: mapping))
        let partial = Record(
            sourceID: "a", change: .changed, payload: ["subject": "x", "body": [:], "from": [:]])
        #expect(Normalizer.isPartial(partial, mapping: mapping))
        let error = #expect(throws: NormalizeError.self) {
            try Normalizer.document(from: partial, mapping: mapping)
        }
        #expect(error?.description.contains("`from/address`") == true)
    }

    @Test("has an error for each record that makes no document")
    func errors() throws {
        let mapping = Messages.mapping()
        let path = try #require(Path("body/content"))
        func error(_ id: String, _ payload: JSON, _ change: Record.Change = .changed)
            -> NormalizeError?
        {
            #expect(throws: NormalizeError.self) {
                try Normalizer.document(
                    from: Record(sourceID: id, change: change, payload: payload), mapping: mapping)
            }
        }
        let text = Messages.whole
        #expect(error("a", text, .removed) == .removed(sourceID: "a"))
        #expect(error("", text) == .unusableSourceID(byteCount: 0))
        #expect(error("a\u{0}", text) == .unusableSourceID(byteCount: 2))
        let long = String(repeating: "x", count: 10_000)
        #expect(error(long, text) == .unusableSourceID(byteCount: 10_000))
        #expect(error("a", [1]) == .noObject(sourceID: "a"))
        #expect(
            error("a", text.merging(["body": ["content": [1]]]))
                == .noText(.path(path), sourceID: "a"))
    }

    @Test("takes payloads of any shape without a crash")
    func shapes() throws {
        let odd: [JSON] = [nil, true, 1, "x", [], [[]], [nil], [:], ["a": nil]]
        for name in ["subject", "from", "to", "cc", "body", "sentAt", "link"] {
            for value in odd {
                _ = try? document(
                    .object(JSON.Members([(name: name, value: value)])), ["x": "to[]/address"])
            }
        }
        let document = try document([
            "to": "text", "cc": ["address": "x"], "from": ["address": [1]],
        ])
        #expect(document.participants.isEmpty)
        #expect(document.author == nil)
    }
}
