import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's folders", .timeLimit(.minutes(5)))
struct FolderTests {
    private static func all(
        _ sandbox: RunningSandbox, _ url: String, _ token: String
    ) async throws -> (folders: [JSON], pageSizes: [Int]) {
        var folders: [JSON] = []
        var pageSizes: [Int] = []
        var link: String? = url
        while let url = link, pageSizes.count < 20 {
            let page = try await sandbox.get(url, token: token)
            folders += page.items
            pageSizes.append(page.items.count)
            link = page.nextLink
            if let link { #expect(link.hasPrefix(sandbox.origin + "/v1.0/")) }
        }
        return (folders, pageSizes)
    }

    private static func names(_ folders: [JSON]) -> Set<String> {
        Set(folders.compactMap { $0["displayName"]?.stringValue })
    }

    @Test("come ten to a page, direct children of the root alone, hidden ones only when asked for")
    func pages() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.users + "/sales@contoso.example/mailFolders"
            let (visible, sizes) = try await Self.all(sandbox, url, token)
            #expect(sizes.first == 10)
            #expect(sizes.count == 2)
            #expect(Set(visible.compactMap(\.id)).count == visible.count)
            #expect(!Self.names(visible).contains("Projects"))
            #expect(!Self.names(visible).contains("Sync Issues"))
            let (all, _) = try await Self.all(sandbox, url + "?includeHiddenFolders=true", token)
            #expect(Self.names(all).subtracting(Self.names(visible)) == ["Sync Issues"])
            #expect(all.last { $0["displayName"] == "Sync Issues" }?["isHidden"] == true)
        }
    }

    @Test("keep the given page size through all pages")
    func pageSize() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.users + "/sales@contoso.example/mailFolders?$top=5"
            let (folders, sizes) = try await Self.all(sandbox, url, token)
            #expect(sizes.dropLast().allSatisfy { $0 == 5 })
            #expect(folders.count == 13)
        }
    }

    @Test("nest two levels below the inbox")
    func nesting() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let folders = sandbox.users + "/sales@contoso.example/mailFolders"
            let inbox = try await sandbox.get(folders + "/inbox", token: token)
            #expect(inbox.json["childFolderCount"] == 1)
            let (projects, _) = try await Self.all(sandbox, folders + "/inbox/childFolders", token)
            let id = try #require(projects.first?.id)
            #expect(projects.first?["parentFolderId"] == inbox.json["id"])
            let (leaves, _) = try await Self.all(sandbox, "\(folders)/\(id)/childFolders", token)
            #expect(Self.names(leaves) == ["Thames Valley Water", "Lindenhof expansion"])
        }
    }

    @Test("that are searches say so by their type, and have no feed")
    func searchFolders() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.users + "/support@contoso.example/mailFolders/inbox/childFolders"
            let (folders, _) = try await Self.all(sandbox, url, token)
            let search = try #require(folders.first { $0["displayName"] == "Urgent" })
            #expect(search["@odata.type"] == "#microsoft.graph.mailSearchFolder")
            let id = try #require(search.id)
            let feed = sandbox.feed(id, of: "support@contoso.example")
            #expect(try await sandbox.get(feed, token: token).status == 400)
        }
    }

    @Test("have names of another language in one mailbox, and the same well-known names")
    func localised() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let folders = sandbox.users + "/accounting@contoso.example/mailFolders"
            for (known, name) in [
                ("inbox", "Posteingang"), ("DeletedItems", "Gelöschte Elemente"),
                ("sentitems", "Gesendete Elemente"), ("junkemail", "Junk-E-Mail"),
            ] {
                let folder = try await sandbox.get("\(folders)/\(known)", token: token)
                #expect(folder.json["displayName"]?.stringValue == name)
            }
        }
    }

    @Test("are told of by their own feed when they are made, renamed and deleted")
    func feed() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.users + "/support@contoso.example/mailFolders/delta"
            let first = try await sandbox.round(url, token: token)
            #expect(first.items.count == 10)
            #expect(first.pageCount == 3)
            let made = try await sandbox.control(
                "POST", "mailboxes/support@contoso.example/folders",
                ["name": "New", "parent": "archive"])
            let id = try #require(made.id)
            let second = try await sandbox.round(first.deltaLink, token: token)
            #expect(second.ids == [id])
            _ = try await sandbox.control(
                "DELETE", "mailboxes/support@contoso.example/folders/\(id)")
            let third = try await sandbox.round(second.deltaLink, token: token)
            #expect(third.removedIDs == [id])
            let gone = try await sandbox.get(
                sandbox.users + "/support@contoso.example/mailFolders/\(id)", token: token)
            #expect(gone.status == 404)
        }
    }

    @Test(
        "of a mailbox that is out of reach are refused for that mailbox alone",
        arguments: [
            ("board@contoso.example", 403, "ErrorAccessDenied"),
            ("archive2019@contoso.example", 404, "MailboxNotEnabledForRESTAPI"),
            ("nobody@contoso.example", 404, "ErrorInvalidUser"),
        ])
    func refused(mailbox: String, status: Int, code: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let answer = try await sandbox.get(
                "\(sandbox.users)/\(mailbox)/mailFolders", token: token)
            #expect(answer.status == status)
            #expect(answer.errorCode == code)
            #expect(answer.headers["request-id"] != nil)
            let inner = answer.json["error"]?["innerError"]?["request-id"]?.stringValue
            #expect(inner == answer.headers["request-id"])
            let other = try await sandbox.get(
                sandbox.users + "/sales@contoso.example/mailFolders", token: token)
            #expect(other.status == 200)
        }
    }
}
