import Connectors
import Domain
import HTTPServer
import JSON
import Testing

/// What belongs to one record fails by itself.
@Suite("Belongings", .timeLimit(.minutes(2)))
struct BelongingsTests {
    static let refusals: [Answer] = [
        .json(400, "{}"), .json(403, "{}"), .json(410, "{}"), .html(500), .json(#"{"value":7}"#),
        .json(#"{"value":["#), .json(#"{"value":[],"@odata.nextLink":"https://evil.example/"}"#),
        .json(400, #"{"error":{"code":"SyncStateNotFound"}}"#),
    ]

    @Test("a mail whose attachments cannot be listed has a failure of its own", arguments: refusals)
    func children(_ answer: Answer) async throws {
        let tenant = try Tenant(attachments: true, [GraphAttachmentTests.list: [answer]])
        let extras = try await tenant.reader.belongings(
            of: tenant.record("m1", ["hasAttachments": true]), in: tenant.stream, filed: nil)
        #expect(extras.children == nil)
        #expect(extras.failures.map(\.reason) == ["content"])
        // Nothing of it is said of the stream.
        #expect(!extras.failures.contains { $0.message.contains("anew") })
    }

    @Test("what everything fails by still stops the page: throttling, sign-in")
    func general() async throws {
        for answer in [Answer.throttled("3600"), .json(401, "{}")] {
            let tenant = try Tenant(attachments: true, [GraphAttachmentTests.list: [answer]])
            let error = await failure { () throws(ConnectorError) in
                _ = try await tenant.reader.children(
                    of: tenant.record("m1", ["hasAttachments": true]), in: tenant.stream)
            }
            #expect(error?.kind == .availability || error?.kind == .credentials)
        }
    }

    @Test("who may read a file is unknown where that cannot be asked, and the file is filed")
    func access() async throws {
        let tenant = try Tenant(
            drives: ["drives/b!x"], permissions: true,
            ["/v1.0/drives/b%21x/items/f1/permissions": [.json(400, "{}")]])
        guard
            case .failure = try await tenant.reader.access(
                to: Record(
                    sourceID: "b!x/f1", key: "f1", change: .changed, payload: [:]),
                in: tenant.stream)
        else {
            Issue.record("expected a failure")
            return
        }
    }

    @Test("bytes that are refused with a word about cursors fail alone")
    func content() async throws {
        let tenant = try Tenant(
            drives: ["drives/b!x"],
            [
                "/v1.0/drives/b%21x/items/f1/content": [
                    .json(410, #"{"error":{"code":"resyncRequired"}}"#)
                ]
            ])
        let content = try await tenant.reader.content(
            of: Record(
                sourceID: "b!x/f1", key: "f1", change: .changed, payload: ["file": [:]]),
            in: tenant.stream)
        guard case .failure(let failure) = content else {
            Issue.record("\(content)")
            return
        }
        #expect(failure.message.contains("resyncRequired"))
    }
}
