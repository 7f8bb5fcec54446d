import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's drives", .timeLimit(.minutes(5)))
struct DriveAccessTests {
    @Test("are found by user, group, site and search")
    func discovery() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let graph = sandbox.graph
            let sales = try await sandbox.drive("sales")
            let state = try await sandbox.control("GET", "drives/state")
            let group = try #require(state["groups"]?.arrayValue?.first?.id)
            let site = try #require(state["sites"]?.arrayValue?.first?.id)
            let user = "\(graph)/users/sales@contoso.example"
            #expect(try await sandbox.get(user + "/drive", token: token).json.id == sales)
            let drives = try await sandbox.get(user + "/drives", token: token)
            #expect(drives.items.map(\.id) == [sales])
            let address = "\(graph)/sites/contoso.sharepoint.example:/sites/engineering"
            #expect(try await sandbox.get(address, token: token).json.id == site)
            for path in ["\(address):/drives", "\(graph)/sites/\(site)/drives"] {
                #expect(try await sandbox.get(path, token: token).items.count == 2)
            }
            let search = try await sandbox.get("\(graph)/sites?search=*&$top=1", token: token)
            #expect(search.items.count == 1)
            let rest = try await sandbox.get(try #require(search.nextLink), token: token)
            #expect(rest.items.count == 1 && rest.nextLink == nil)
            let operations = try await sandbox.drive("operations")
            for path in ["drive", "drives"] {
                let answer = try await sandbox.get("\(graph)/groups/\(group)/\(path)", token: token)
                #expect((answer.json.id ?? answer.items.first?.id) == operations)
            }
            let places = ["users/sales@contoso.example", "groups/\(group)", "sites/\(site)"]
            for place in places {
                let page = try await sandbox.get(
                    "\(graph)/\(place)/drive/root/delta", token: token)
                #expect(page.items.first?["root"] != nil)
            }
        }
    }

    @Test("are refused without a token, of some users, and where the grants do not reach")
    func refusals() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let users = sandbox.users
            let bare = try await sandbox.send("GET", users + "/sales@contoso.example/drive")
            #expect(bare.status == 401)
            #expect(bare.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            for (user, status) in [("board", 403), ("archive2019", 404)] {
                let url = "\(users)/\(user)@contoso.example/drive"
                #expect(try await sandbox.get(url, token: token).status == status)
            }
            _ = try await sandbox.control(
                "POST", "drives/grants", ["permissions": ["Files.Read.All"]])
            let sites = sandbox.graph + "/sites?search=*"
            #expect(try await sandbox.get(sites, token: token).errorCode == "accessDenied")
            let drive = users + "/sales@contoso.example/drive"
            #expect(try await sandbox.get(drive, token: token).status == 200)
            _ = try await sandbox.control("POST", "expire-tokens")
            #expect(try await sandbox.get(drive, token: token).status == 401)
        }
    }

    @Test("are throttled in the words of the vendor, deep within the error")
    func throttling() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            _ = try await sandbox.control(
                "POST", "faults", ["fault": "status", "status": 429, "retry_after": "2"])
            let url = sandbox.users + "/sales@contoso.example/drive"
            let refused = try await sandbox.get(url, token: token)
            #expect(refused.status == 429 && refused.headers["Retry-After"] == "2")
            #expect(refused.errorCode == "activityLimitReached")
            #expect(refused.json["error"]?["innerError"]?["innerError"]?["code"] == "quota")
        }
    }

    @Test("list permissions with their deprecated twins, and no word of inheritance")
    func permissions() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let drive = try await sandbox.drive("sales")
            let item = try await sandbox.post("shared.txt", of: "sales")
            let path = "drives/items/sales/\(item)/permissions"
            for body in [
                ["user": "Bo <bo@contoso.example>", "roles": ["read"]], ["group": "Members"],
                ["link": "organization", "roles": ["write"]], [:],
            ] as [JSON] {
                _ = try await sandbox.control("POST", path, body)
            }
            let list = try await sandbox.get(
                "\(sandbox.graph)/drives/\(drive)/items/\(item)/permissions", token: token)
            #expect(list.items.count == 4)
            #expect(list.items.allSatisfy { $0["inheritedFrom"] == nil })
            #expect(list.items[0]["grantedToV2"]?["user"]?["email"] == "bo@contoso.example")
            #expect(list.items[0]["grantedTo"] != nil)
            #expect(list.items[1]["grantedToV2"]?["siteGroup"]?["displayName"] == "Members")
            #expect(list.items[2]["link"]?["type"] == "edit")
            #expect(list.items[2]["expirationDateTime"] == "0001-01-01T00:00:00Z")
            #expect(list.items[2]["grantedToIdentities"] != nil)
            #expect(list.items[3]["grantedToV2"] == nil)
        }
    }

    @Test("tell of a change of permissions alone only where the headers ask for it")
    func sharingChanges() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let feed = sandbox.driveFeed(try await sandbox.drive("sales"))
            let item = try await sandbox.post("shared.txt", of: "sales")
            let link = try await sandbox.round(feed, token: token, pageSize: 50).deltaLink
            let path = "drives/items/sales/\(item)/permissions"
            let made = try await sandbox.control("POST", path, ["group": "Members"])
            let silent = try await sandbox.get(link, token: token)
            #expect(silent.items.isEmpty)
            let headers =
                "hierarchicalsharing, deltashowsharingchanges, deltashowremovedasdeleted, "
                + "deltatraversepermissiongaps"
            let told = try await sandbox.get(link, token: token, prefer: headers)
            #expect(told.items.map(\.id) == [item])
            #expect(told.items.first?["@microsoft.graph.sharedChanged"] == "True")
            #expect(told.items.first?["shared"] == ["scope": "users"])
            _ = try await sandbox.control("DELETE", "\(path)/\(made.id ?? "")")
            let emptied = try await sandbox.get(link, token: token, prefer: headers)
            #expect(emptied.items.first?["shared"] == [:])
        }
    }

    @Test("refuse control requests that make no sense, with the reason")
    func nonsense() async throws {
        try await RunningSandbox.with { sandbox in
            for (path, body, status) in [
                ("items", ["drive": "sales", "name": "a/b"], 400),
                ("items", ["drive": "nowhere", "name": "a"], 404),
                ("items", ["drive": "sales", "name": "a", "text": "", "format": "odt"], 400),
                ("folders", ["drive": "sales", "name": "Offers"], 409),
                ("folders", ["drive": "sales", "name": "X", "parent": "/Nowhere"], 404),
                ("page-size", ["items": 0], 400), ("grants", ["permissions": ["All"]], 400),
            ] as [(String, JSON, Int)] {
                let answer = try await sandbox.send(
                    "POST", "\(sandbox.origin)/sandbox/drives/\(path)", body: body.serialized())
                #expect(answer.status == status, "\(path) \(body.serialized())")
                #expect(answer.json["error"]?.stringValue?.isEmpty == false)
            }
        }
    }
}
