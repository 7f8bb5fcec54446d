import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Testing

/// Items of drives; the numbers are those of the pitfalls known of Microsoft Graph.
@Suite("Graph: drives", .timeLimit(.minutes(5)))
struct GraphDriveTests {
    static let place = "/v1.0/p"
    static let content = "/v1.0/drives/b%21x/items/01A/content"

    private static func tenant(_ items: String, permissions: Bool = false) throws -> Tenant {
        try Tenant(
            drives: ["drives/b!x"], permissions: permissions,
            [place: [.json(#"{"value":[\#(items)],"@odata.deltaLink":"ORIGIN/v1.0/d"}"#)]])
    }

    private static func file(_ hash: String = "q1", size: Int = 3, more: JSON = [:]) -> JSON {
        let file: JSON = [
            "id": "01A", "name": "plan.txt", "size": JSON(size),
            "file": ["mimeType": "text/plain", "hashes": ["quickXorHash": .string(hash)]],
        ]
        return file.merging(more)
    }

    private static func bytes(_ text: String) -> Answer {
        Answer(status: 200, headers: [("Content-Type", "text/plain")], body: Array(text.utf8))
    }

    /// The text that was fetched; nil where there was nothing to fetch, or it failed.
    private func text(_ extras: Belongings) -> String? {
        guard case .success(let content?) = extras.content,
            let data = FileManager.default.contents(atPath: content.path)
        else { return nil }
        try? FileManager.default.removeItem(atPath: content.path)
        return String(decoding: data, as: UTF8.self)
    }

    @Test("graph 10: content is fetched from another host without the token, and by content alone")
    func redirect() async throws {
        let host = try Endpoint(["/download?tempauth=1": [Self.bytes("abc")]])
        let tenant = try Tenant(drives: ["drives/b!x"])
        tenant.endpoint.script(
            Self.content,
            .json(302, "", headers: [("Location", host.origin + "/download?tempauth=1")]))
        let stale = host.origin + "/download?tempauth=stale"
        let record = tenant.record(
            "01A", Self.file(more: ["@microsoft.graph.downloadUrl": .string(stale)]))
        let extras = try await tenant.reader.belongings(of: record, in: tenant.stream, filed: nil)
        #expect(text(extras) == "abc")
        #expect(tenant.endpoint.asked.first?.header("Authorization") == "Bearer T1")
        #expect(host.targets == ["/download?tempauth=1"])
        let headers = host.asked.first?.headers.map { $0.name.lowercased() } ?? []
        #expect(!headers.contains("authorization") && !headers.contains("prefer"))
        #expect(!headers.contains("cookie"))
    }

    @Test(
        "graph 10: an address of content that has expired is not kept: another is asked for",
        arguments: [401, 403, 404, 410])
    func expiredAddress(_ status: Int) async throws {
        let host = try Endpoint([
            "/1": [.html(status)], "/2": [Self.bytes("abc")],
        ])
        let tenant = try Tenant(drives: ["drives/b!x"])
        tenant.endpoint.script(
            Self.content, .json(302, "", headers: [("Location", host.origin + "/1")]),
            .json(302, "", headers: [("Location", host.origin + "/2")]))
        let extras = try await tenant.reader.belongings(
            of: tenant.record("01A", Self.file()), in: tenant.stream, filed: nil)
        #expect(text(extras) == "abc")
        #expect(host.targets == ["/1", "/2"])
        // The token was good all the while.
        #expect(tenant.endpoint.tokenRequests.count == 1)
    }

    @Test("graph 10: no request asks for the address of content, which is a credential")
    func noAddress() async throws {
        let tenant = try Tenant(drives: ["drives/b!x"])
        _ = await failure { () throws(ConnectorError) in _ = try await tenant.page(at: .start) }
        _ = try await tenant.reader.record(tenant.record("01A"), in: tenant.stream)
        #expect(tenant.endpoint.targets.count == 2)
        for target in tenant.endpoint.targets {
            #expect(target.contains("$select=") && !target.lowercased().contains("downloadurl"))
        }
    }

    @Test("graph 13: what is deleted needs neither name, file nor size, and an empty facet is one")
    func deleted() async throws {
        let tenant = try Self.tenant(
            #"""
            {"id":"a","deleted":{}},{"id":"b","deleted":{"state":"deleted"},"file":{}},
            {"id":"c","deleted":{},"folder":{"childCount":0},"parentReference":{"driveId":"b!x"}},
            {"id":"d","name":"d.txt","file":{},"parentReference":{"id":"c"}}
            """#)
        let page = try await tenant.page(Self.place)
        #expect(page.records.map(\.key) == ["a", "b", "c", "d"])
        #expect(page.records.map(\.change) == [.removed, .removed, .removed, .changed])
        #expect(page.containers.map(\.id) == ["a", "b", "c"])
        #expect(page.containers.allSatisfy { $0.isRemoved })
    }

    @Test("graph 14: items are filed by drive and id, and ids that differ in case differ")
    func identifiers() async throws {
        let item = #"{"id":"01ab","name":"1.txt","file":{}},{"id":"01AB","name":"2.txt","file":{}}"#
        let tenant = try Self.tenant(item)
        let page = try await tenant.page(Self.place)
        #expect(page.records.map(\.sourceID) == ["b!x/01ab", "b!x/01AB"])
        #expect(page.records.map(\.key) == ["01ab", "01AB"])
    }

    @Test("graph 15: content is fetched when its hash is another one, whatever the tags say")
    func hash() async throws {
        let host = try Endpoint(["/1": [Self.bytes("abc")]])
        let tenant = try Tenant(drives: ["drives/b!x"])
        tenant.endpoint.script(
            Self.content, .json(302, "", headers: [("Location", host.origin + "/1")]))
        // A feed of a business drive names no cTag, and an eTag changes with a name.
        let filed = Self.file(more: ["eTag": "1"])
        let renamed = tenant.record("01A", Self.file(more: ["eTag": "2", "name": "other.txt"]))
        let known = try await tenant.reader.belongings(of: renamed, in: tenant.stream, filed: filed)
        #expect(known.isContentKnown && host.asked.isEmpty && tenant.endpoint.asked.isEmpty)
        let written = tenant.record("01A", Self.file("q2", more: ["eTag": "2"]))
        let new = try await tenant.reader.belongings(of: written, in: tenant.stream, filed: filed)
        #expect(!new.isContentKnown)
        #expect(text(new) == "abc")
        let bare = tenant.record("01A", Self.file().merging(["file": ["mimeType": "text/plain"]]))
        let unhashed = try await tenant.reader.belongings(of: bare, in: tenant.stream, filed: filed)
        #expect(!unhashed.isContentKnown)
        #expect(text(unhashed) == "abc")
    }

    @Test("graph 16: who may read is told by every kind of permission, inherited ones unmarked")
    func permissions() async throws {
        let tenant = try Tenant(drives: ["drives/b!x"], permissions: true)
        let place = "/v1.0/drives/b%21x/items/01A/permissions"
        tenant.endpoint.script(
            place,
            .json(
                #"""
                {"value":[
                 {"id":"1","roles":["read"],"grantedToV2":{"user":{"id":"u1","email":"bo@a.example"},
                  "siteUser":{"id":"7","loginName":"i:0#.f|membership|bo@a.example"}}},
                 {"id":"2","roles":["write"],"grantedToV2":{"siteGroup":{"id":"5"}}},
                 {"id":"3","roles":["write"],"link":{"scope":"organization"},
                  "grantedToIdentitiesV2":[{"user":{"id":"u2"}}],
                  "expirationDateTime":"0001-01-01T00:00:00Z"}],
                 "@odata.nextLink":"ORIGIN/v1.0/more"}
                """#))
        tenant.endpoint.script(
            "/v1.0/more", .json(#"{"value":[{"id":"4","roles":["read"],"invitation":{}}]}"#))
        // Unchanged but for this, eTag included.
        let shared = Self.file(more: ["@microsoft.graph.sharedChanged": "True"])
        let extras = try await tenant.reader.belongings(
            of: tenant.record("01A", shared), in: tenant.stream, filed: Self.file())
        #expect(extras.isContentKnown)
        #expect(
            extras.access == [
                "group": [], "link": ["organization"], "site_group": ["5"],
                "user": ["bo@a.example"], "user_id": ["u1", "u2"],
            ])
        #expect(tenant.endpoint.targets == [place, "/v1.0/more"])
    }

    @Test("graph 16: changes of permissions are asked for, in words that belong together")
    func sharingChanges() async throws {
        let tenant = try Self.tenant("")
        _ = try await tenant.page(Self.place)
        let prefer = tenant.endpoint.asked.first?.header("Prefer") ?? ""
        for word in [
            "deltashowsharingchanges", "deltashowremovedasdeleted", "deltatraversepermissiongaps",
            "hierarchicalsharing",
        ] { #expect(prefer.contains(word)) }
    }

    @Test("content of another length than was told is fetched again, and then failed with a reason")
    func length() async throws {
        let host = try Endpoint(["/1": [Self.bytes("ab"), Self.bytes("abc")]])
        let tenant = try Tenant(drives: ["drives/b!x"])
        tenant.endpoint.script(
            Self.content, .json(302, "", headers: [("Location", host.origin + "/1")]))
        let record = tenant.record("01A", Self.file())
        let second = try await tenant.reader.belongings(of: record, in: tenant.stream, filed: nil)
        #expect(text(second) == "abc")
        host.script("/1", Self.bytes("ab"))
        let never = try await tenant.reader.belongings(of: record, in: tenant.stream, filed: nil)
        guard case .failure(let failure) = never.content else {
            Issue.record("\(never.content)")
            return
        }
        #expect(failure.reason == "content")
        #expect(failure.message.contains("2 bytes instead of 3"))
    }

    @Test("content that its record says is too large is not asked for")
    func tooLarge() async throws {
        let tenant = try Tenant(drives: ["drives/b!x"])
        let record = tenant.record("01A", Self.file(size: 50_000_001))
        let extras = try await tenant.reader.belongings(of: record, in: tenant.stream, filed: nil)
        guard case .failure(let failure) = extras.content else {
            Issue.record("\(extras.content)")
            return
        }
        #expect(failure.reason == "content_too_large")
        #expect(tenant.endpoint.asked.isEmpty)
    }

    @Test("notebooks, references to other drives, malware and the untyped are no documents")
    func skipped() async throws {
        let tenant = try Self.tenant(
            #"""
            {"id":"1","name":"n","package":{"type":"oneNote"}},
            {"id":"2","name":"r","remoteItem":{"id":"x"},"file":{}},
            {"id":"3","name":"m","file":{},"malware":{}},{"id":"4","name":"u"},
            {"id":"5","name":"f","folder":{},"parentReference":{"id":"0"}},
            {"id":"0","name":"root","root":{},"folder":{}},{"id":"6","name":"a.txt","file":{}}
            """#)
        let page = try await tenant.page(Self.place)
        #expect(page.records.map(\.key) == ["6"])
        #expect(page.containers.map(\.name) == ["f", ""])
        #expect(page.containers.map(\.parentID) == ["0", nil])
    }

    @Test(
        "drives are found by whose they are",
        arguments: [
            ("users/bo@a.example", "/v1.0/users/bo@a.example/drive", false),
            ("groups/g-1", "/v1.0/groups/g-1/drives", true),
            ("sites/a.example:/sites/x y", "/v1.0/sites/a.example:/sites/x%20y:/drives", true),
            ("drives/b!x", "/v1.0/drives/b%21x", false),
        ])
    func discovery(_ name: String, _ target: String, _ isList: Bool) async throws {
        let drive = #"{"id":"b!x","name":"Documents"}"#
        let tenant = try Tenant(
            drives: [name], [target: [.json(isList ? #"{"value":[\#(drive)]}"# : drive)]])
        let streams = try await tenant.streams()
        #expect(streams.map(\.key) == ["b!x"])
        #expect(streams.first?.variables["stream"] == "b!x")
        #expect(tenant.endpoint.targets == [target])
    }
}
