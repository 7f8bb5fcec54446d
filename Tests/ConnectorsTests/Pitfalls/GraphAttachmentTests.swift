import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Testing

/// Attachments; the numbers are those of the pitfalls known of Microsoft Graph.
@Suite("Graph: attachments", .timeLimit(.minutes(5)))
struct GraphAttachmentTests {
    static let list =
        Tenant.mailbox
        + "/messages/m1/attachments?$select=id,name,contentType,size,isInline,lastModifiedDateTime"

    private static func value(_ id: String) -> String {
        Tenant.mailbox + "/messages/m1/attachments/\(id)/$value"
    }

    private static func item(_ kind: String, _ id: String, _ more: String = "") -> String {
        ##"{"@odata.type":"#microsoft.graph.\##(kind)","id":"\##(id)","name":"\##(id)"\##(more)}"##
    }

    private static func children(
        _ items: String, _ values: [String: Answer] = [:], _ mail: JSON = ["hasAttachments": true]
    ) async throws -> (children: [Belongings.Child], endpoint: Endpoint) {
        let tenant = try Tenant(attachments: true, [list: [.json(#"{"value":[\#(items)]}"#)]])
        for (id, answer) in values { tenant.endpoint.script(value(id), answer) }
        let extras = try await tenant.reader.belongings(
            of: tenant.record("m1", mail), in: tenant.stream, filed: nil)
        return (extras.children ?? [], tenant.endpoint)
    }

    private static func text(_ child: Belongings.Child) -> String? {
        guard case .success(let content?) = child.content,
            let data = FileManager.default.contents(atPath: content.path)
        else { return nil }
        try? FileManager.default.removeItem(atPath: content.path)
        return String(decoding: data, as: UTF8.self)
    }

    @Test("graph 17: a link to a file in a drive is a document without content, never asked for")
    func reference() async throws {
        let (children, endpoint) = try await Self.children(Self.item("referenceAttachment", "r1"))
        #expect(children.map(\.record.sourceID) == ["m1#r1"])
        guard case .success(nil) = children.first?.content else {
            Issue.record("\(String(describing: children.first?.content))")
            return
        }
        #expect(endpoint.targets == [Self.list])
    }

    @Test("graph 17: an attached message is read as a stream of its own, as any file is")
    func message() async throws {
        let (children, endpoint) = try await Self.children(
            Self.item("itemAttachment", "i1", #","contentType":null"#)
                + "," + Self.item("fileAttachment", "f1", #","contentType":"text/plain""#),
            [
                "i1": Answer(
                    status: 200, headers: [("Content-Type", "message/rfc822")],
                    body: Array("Subject: x\r\n\r\nHi".utf8)),
                "f1": Answer(status: 200, contentType: "text/plain", text: "abc"),
            ])
        #expect(children.map(Self.text) == ["Subject: x\r\n\r\nHi", "abc"])
        // No answer holds bytes in JSON: the listing does not select them.
        #expect(endpoint.targets == [Self.list, Self.value("i1"), Self.value("f1")])
    }

    @Test("graph 17: a content of more bytes than are allowed is left before it is all here")
    func huge() async throws {
        let bytes = [UInt8](repeating: 0x61, count: 50_000_001)
        let (children, _) = try await Self.children(
            Self.item("fileAttachment", "f1", #","size":10"#),
            ["f1": Answer(status: 200, headers: [("Content-Type", "text/plain")], body: bytes)])
        guard case .failure(let failure) = children.first?.content else {
            Issue.record("\(String(describing: children.first?.content))")
            return
        }
        #expect(failure.reason == "content_too_large")
    }

    @Test("graph 17: an attachment that is refused costs neither the mail nor the others")
    func refused() async throws {
        let (children, _) = try await Self.children(
            Self.item("fileAttachment", "f1") + "," + Self.item("fileAttachment", "f2"),
            [
                "f1": .json(405, "{}"),
                "f2": Answer(status: 200, contentType: "text/plain", text: "abc"),
            ])
        guard case .failure(let failure) = children.first?.content else {
            Issue.record("\(String(describing: children.first?.content))")
            return
        }
        #expect(failure.reason == "content")
        #expect(children.dropFirst().map(Self.text) == ["abc"])
    }

    @Test("graph 22: the size of an attachment is no measure of its bytes")
    func size() async throws {
        let (children, _) = try await Self.children(
            Self.item("fileAttachment", "f1", #","size":4711"#),
            ["f1": Answer(status: 200, contentType: "text/plain", text: "abc")])
        #expect(children.map(Self.text) == ["abc"])
        guard case .success(let content?) = children.first?.content else { return }
        #expect(content.byteCount == 3)
    }

    @Test("graph 22: an attachment whose size is that of a longer form is fetched all the same")
    func overstatedSize() async throws {
        // More than is allowed, as base64 makes it; what there is fits.
        let (children, _) = try await Self.children(
            Self.item("fileAttachment", "f1", #","size":60000000"#),
            ["f1": Answer(status: 200, contentType: "text/plain", text: "abc")])
        #expect(children.map(Self.text) == ["abc"])
    }

    @Test("graph 22: images within a text are no documents, whether the mail admits to them or not")
    func inline() async throws {
        let logo = Self.item("fileAttachment", "logo", #","isInline":true"#)
        let file = Self.item("fileAttachment", "f1", #","isInline":false"#)
        let (children, endpoint) = try await Self.children(
            logo + "," + file, ["f1": Answer(status: 200, contentType: "text/plain", text: "abc")])
        #expect(children.map(Self.text) == ["abc"])
        #expect(!endpoint.targets.contains(Self.value("logo")))
        // It says false where all it has is within its text: nothing is left to ask for.
        let (none, unasked) = try await Self.children(logo, [:], ["hasAttachments": false])
        #expect(none.isEmpty && unasked.asked.isEmpty)
        // An update that does not mention it says nothing about it.
        let (some, _) = try await Self.children(
            file, ["f1": Answer(status: 200, contentType: "text/plain", text: "abc")], [:])
        #expect(some.map(Self.text) == ["abc"])
    }
}
