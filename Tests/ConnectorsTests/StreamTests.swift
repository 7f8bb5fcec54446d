import Connectors
import Domain
import Foundation
import Testing

@Suite("Streams", .timeLimit(.minutes(5)))
struct StreamTests {
    /// Inbox (with Projects, and Alpha in it), Archive, Junk (with Old), Drafts, a search, a
    /// hidden one.
    static func office(_ selected: [String] = []) throws -> Tenant {
        let tenant = try Tenant(folders: selected)
        let next = tenant.endpoint.origin + "/v1.0/next?$skip=%31"
        tenant.endpoint.script(
            Tenant.folders,
            .json(
                #"""
                {"value":[\#(folder("in", "Inbox", 1)),
                  {"id":"find","displayName":"Unread","childFolderCount":0,
                   "@odata.type":"#microsoft.graph.mailSearchFolder"},
                  {"id":"hid","displayName":"Hidden","childFolderCount":3,"isHidden":true}],
                 "@odata.nextLink":"\#(next)"}
                """#))
        tenant.endpoint.script(
            "/v1.0/next?$skip=%31",
            .json(
                #"""
                {"value":[\#(folder("ar", "Archive", 0)),\#(folder("junk", "Junk E-Mail", 1)),
                  \#(folder("dr", "Drafts", 0)),{"displayName":"no id"}]}
                """#))
        let children = [
            ("in", folder("pro", "Projects", 1)), ("pro", folder("al", "Alpha", 0)),
            ("junk", folder("old", "Old", 0)),
        ]
        for (parent, child) in children {
            tenant.endpoint.script(
                "\(Tenant.mailbox)/mailFolders/\(parent)/childFolders?$top=100",
                .json(#"{"value":[\#(child)]}"#))
        }
        for (name, key) in [("junkemail", "junk"), ("drafts", "dr"), ("inbox", "in")] {
            tenant.endpoint.script(lookup(name), .json(#"{"id":"\#(key)"}"#))
        }
        return tenant
    }

    static func folder(_ id: String, _ name: String, _ children: Int) -> String {
        #"{"id":"\#(id)","displayName":"\#(name)","childFolderCount":\#(children)}"#
    }

    static func lookup(_ name: String) -> String {
        "\(Tenant.mailbox)/mailFolders/\(name)?$select=id"
    }

    @Test(
        "every page and level is listed, by path; searches, hidden and excluded ones are left out")
    func all() async throws {
        let tenant = try Self.office()
        let streams = try await tenant.streams()
        #expect(
            Set(streams.map(\.name)) == [
                "Inbox", "Inbox/Projects", "Inbox/Projects/Alpha", "Archive",
            ])
        let alpha = try #require(streams.first { $0.key == "al" })
        #expect(alpha.connector == "mail" && alpha.scope == "a@example.com")
        #expect(alpha.variables == ["mailbox": "a@example.com", "stream": "al"])
        let targets = Set(tenant.endpoint.targets)
        #expect(targets.contains(Self.lookup("deleteditems")))
        #expect(!targets.contains("\(Tenant.mailbox)/mailFolders/ar/childFolders?$top=100"))
        #expect(!targets.contains("\(Tenant.mailbox)/mailFolders/hid/childFolders?$top=100"))
    }

    static let selections: [([String], Set<String>)] = [
        (["inbox"], ["in"]), (["INBOX"], ["in"]), (["inbox/*"], ["in", "pro", "al"]),
        (["Inbox/Projects"], ["pro"]), (["inbox/Projects"], ["pro"]),
        (["inbox/Projects/*"], ["pro", "al"]), (["Inbox/Projects/Alpha"], ["al"]),
        (["Inbox/Projects/Alpha/*"], ["al"]), (["Archive"], ["ar"]), (["junkemail"], ["junk"]),
        (["junkemail/*"], ["junk", "old"]), (["junkemail/Old"], ["old"]),
        (["Drafts", "Archive"], ["dr", "ar"]),
        (["inbox", "Inbox/Projects/*"], ["in", "pro", "al"]),
        (["inbox/*", "inbox"], ["in", "pro", "al"]), (["archive"], ["ar"]),
        (["drafts", "inbox/projects"], ["dr", "pro"]), (["deleteditems", "inbox"], ["in"]),
    ]

    @Test(
        "a selection is a name or a path, with `/*` everything below it too", arguments: selections)
    func selected(_ selection: [String], _ keys: Set<String>) async throws {
        let tenant = try Self.office(selection)
        let streams = try await tenant.streams()
        #expect(Set(streams.map(\.key)) == keys)
        #expect(streams.count == keys.count)
    }

    @Test(
        "a selected name that is not there is an error that says so",
        arguments: ["Inbx", "inbox/Nothing", "Projects", "Hidden", "/"])
    func unknown(_ name: String) async throws {
        let tenant = try Self.office([name])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.streams()
        }
        guard case .missing(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == "no collection is called `\(name)`")
    }

    @Test("a collection that is listed twice is one stream")
    func twice() async throws {
        let tenant = try Self.office()
        tenant.endpoint.script(
            Tenant.folders,
            .json(
                #"{"value":[\#(Self.folder("a", "A", 0)),\#(Self.folder("a", "A", 0))]}"#))
        #expect(try await tenant.streams().map(\.key) == ["a"])
    }

    @Test("collections that contain each other are listed once, and the listing ends")
    func cycle() async throws {
        let tenant = try Self.office()
        tenant.endpoint.script(
            Tenant.folders, .json(#"{"value":[\#(Self.folder("a", "A", 1))]}"#))
        tenant.endpoint.script(
            "\(Tenant.mailbox)/mailFolders/a/childFolders?$top=100",
            .json(#"{"value":[\#(Self.folder("b", "B", 1))]}"#))
        tenant.endpoint.script(
            "\(Tenant.mailbox)/mailFolders/b/childFolders?$top=100",
            .json(#"{"value":[\#(Self.folder("a", "A", 1))]}"#))
        let streams = try await tenant.streams()
        #expect(streams.map(\.name) == ["A", "A/B"])
        #expect(tenant.endpoint.asked.count < 10)
    }

    @Test("a collection that vanishes while it is listed has nothing in it")
    func vanishing() async throws {
        let tenant = try Self.office()
        tenant.endpoint.script(
            "\(Tenant.mailbox)/mailFolders/pro/childFolders?$top=100", .json(404, "{}"))
        let streams = try await tenant.streams()
        #expect(Set(streams.map(\.name)) == ["Inbox", "Inbox/Projects", "Archive"])
    }

    @Test("a listing that leads to itself, or is no list, fails the scope and not the daemon")
    func broken() async throws {
        let tenant = try Self.office()
        let link = tenant.endpoint.origin + Tenant.folders
        tenant.endpoint.script(
            Tenant.folders, .json(#"{"value":[],"@odata.nextLink":"\#(link)"}"#))
        let loop = await failure { () throws(ConnectorError) in
            _ = try await tenant.streams()
        }
        guard case .endless = loop else {
            Issue.record("\(String(describing: loop))")
            return
        }
        for body in ["{}", #"{"value":null}"#, "[]", "7"] {
            tenant.endpoint.script(Tenant.folders, .json(body))
            let error = await failure { () throws(ConnectorError) in
                _ = try await tenant.streams()
            }
            #expect(error?.kind == .content, "\(body)")
        }
    }

    @Test("a scope we may not see is forbidden, one that is not there is missing")
    func refused() async throws {
        let tenant = try Self.office()
        tenant.endpoint.script(
            Tenant.folders, .json(403, #"{"error":{"code":"ErrorAccessDenied"}}"#))
        let forbidden = await failure { () throws(ConnectorError) in
            _ = try await tenant.streams()
        }
        #expect(forbidden?.kind == .credentials)
        let nobody = try Tenant(mailboxes: ["nobody@example.com"])
        let missing = await failure { () throws(ConnectorError) in
            _ = try await nobody.streams()
        }
        guard case .missing = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
    }
}
