import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's drive feed", .timeLimit(.minutes(5)))
struct DriveFeedTests {
    @Test("gives every item once in pages of the asked size, then only what changed")
    func wholeRound() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let drive = try await sandbox.drive("sales")
            let url = sandbox.driveFeed(drive)
            let round = try await sandbox.round(url + "?$top=3", token: token, pageSize: nil)
            // The last page may be empty.
            let pageCount = (round.items.count + 2) / 3
            #expect([pageCount, pageCount + 1].contains(round.pageCount))
            #expect(Set(round.ids).count == round.items.count)
            var mirror = DriveMirror(drive: drive)
            mirror.apply(round.items)
            #expect(mirror.files.count > 10)
            #expect(try await mirror.files == sandbox.truth(of: drive))
            let second = try await sandbox.round(round.deltaLink, token: token, pageSize: nil)
            #expect(second.items.isEmpty && second.pageCount == 1)
            _ = try await sandbox.post("new.txt", of: "sales")
            let third = try await sandbox.round(second.deltaLink, token: token, pageSize: nil)
            #expect(third.items.map { $0["name"] } == ["root", "new.txt"])
        }
    }

    @Test("takes its page size from the switch, and from Prefer before that")
    func pageSize() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.driveFeed(try await sandbox.drive("engineering"))
            _ = try await sandbox.control("POST", "drives/page-size", ["items": 2])
            #expect(try await sandbox.get(url, token: token).items.count == 2)
            #expect(try await sandbox.get(url, token: token, pageSize: 5).items.count == 5)
        }
    }

    @Test("tells neither path nor cTag, and shows packages, other drives' items and malware")
    func facets() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            var items: [JSON] = []
            for key in ["sales", "operations"] {
                let url = sandbox.driveFeed(try await sandbox.drive(key))
                items += try await sandbox.round(url, token: token, pageSize: 50).items
            }
            #expect(items.allSatisfy { $0["cTag"] == nil && $0["parentReference"]?["path"] == nil })
            for facet in ["root", "folder", "file", "package", "remoteItem", "malware", "shared"] {
                #expect(items.contains { $0[facet] != nil }, "\(facet)")
            }
            let facets = ["root", "folder", "file", "package", "remoteItem"]
            #expect(items.contains { item in facets.allSatisfy { item[$0] == nil } })
            #expect(items.allSatisfy { $0["createdBy"]?["user"]?["email"] != nil })
            let linked = items.filter { $0["@microsoft.graph.downloadUrl"] != nil }
            #expect(linked.allSatisfy { $0["file"] != nil && $0["malware"] == nil })
            let item = try #require(linked.first?.id)
            let drive = try await sandbox.drive("sales")
            let whole = try await sandbox.get(
                "\(sandbox.graph)/drives/\(drive)/items/\(item)", token: token)
            #expect(whole.json["cTag"] != nil)
            #expect(whole.json["parentReference"]?["path"]?.stringValue?.contains("root:") == true)
        }
    }

    @Test("uses the same ids in several drives")
    func sharedIDs() async throws {
        try await RunningSandbox.with { sandbox in
            let first = try await sandbox.item("/", of: "sales")
            #expect(try await sandbox.item("/", of: "quality") == first)
        }
    }

    @Test("emits a renamed or moved folder alone, though all paths below changed")
    func folderRename() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let drive = try await sandbox.drive("sales")
            let first = try await sandbox.round(
                sandbox.driveFeed(drive), token: token, pageSize: 50)
            var mirror = DriveMirror(drive: drive)
            mirror.apply(first.items)
            let folder = try await sandbox.item("/Projects", of: "sales")
            let path = "drives/items/sales/\(folder)"
            _ = try await sandbox.control("PATCH", path, ["name": "Works"])
            let second = try await sandbox.get(
                first.deltaLink, token: token, prefer: "deltaExcludeParent")
            #expect(second.items.map(\.id) == [folder])
            mirror.apply(second.items)
            #expect(try await mirror.files == sandbox.truth(of: drive))
            _ = try await sandbox.control("POST", path + "/move", ["parent": "/Offers"])
            let third = try await sandbox.round(
                try #require(second.deltaLink), token: token, pageSize: 50)
            mirror.apply(third.items)
            #expect(mirror.files.contains { $0.path.hasPrefix("/Offers/Works/") })
            #expect(try await mirror.files == sandbox.truth(of: drive))
        }
    }

    @Test(
        "tells of deletions without a name, of what was in a folder or not",
        arguments: ["folder", "all", "all-last"])
    func deletion(tombstones: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let drive = try await sandbox.drive("sales")
            let first = try await sandbox.round(
                sandbox.driveFeed(drive), token: token, pageSize: 50)
            var mirror = DriveMirror(drive: drive)
            mirror.apply(first.items)
            let folder = try await sandbox.item("/Offers/2025", of: "sales")
            _ = try await sandbox.control(
                "DELETE", "drives/items/sales/\(folder)?tombstones=\(tombstones)")
            let second = try await sandbox.round(first.deltaLink, token: token, pageSize: 50)
            #expect(second.items.allSatisfy { $0["deleted"] != nil && $0["name"] == nil })
            #expect(second.items.count == (tombstones == "folder" ? 1 : 4))
            mirror.apply(second.items)
            #expect(try await mirror.files == sandbox.truth(of: drive))
            let fresh = try await sandbox.round(
                sandbox.driveFeed(drive), token: token, pageSize: 50)
            #expect(fresh.items.allSatisfy { $0["deleted"] == nil })
        }
    }

    @Test("repeats an item that changes during the round, and the last time counts")
    func duplicates() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let drive = try await sandbox.drive("quality")
            let first = try await sandbox.get(
                sandbox.driveFeed(drive), token: token, pageSize: 9)
            let file = try #require(first.items.last { $0["file"] != nil }?.id)
            _ = try await sandbox.control(
                "PATCH", "drives/items/quality/\(file)", ["text": "Other"])
            let rest = try await sandbox.round(try #require(first.nextLink), token: token)
            var mirror = DriveMirror(drive: drive)
            mirror.apply(first.items + rest.items)
            #expect((first.items + rest.items).count { $0.id == file } == 2)
            #expect(try await mirror.files == sandbox.truth(of: drive))
        }
    }

    @Test("begins with nothing from latest, and with what came since a time")
    func startingPoints() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.driveFeed(try await sandbox.drive("sales"))
            for form in ["?token=latest", "?token=latest&$select=id", "(token='latest')"] {
                let latest = try await sandbox.get(url + form, token: token)
                #expect(latest.items.isEmpty && latest.deltaLink != nil)
            }
            let since = try await sandbox.get(
                url + "?token=2100-01-01T00%3A00%3A00Z", token: token)
            #expect(since.items.isEmpty && since.deltaLink != nil)
            // The path may name its owner in the key form too.
            let keyed = "\(sandbox.users)('sales@contoso.example')/drive/root/delta(token='latest')"
            #expect(try await sandbox.get(keyed, token: token).items.isEmpty)
            let early = try await sandbox.get(
                url + "?token=2020-01-01T00%3A00%3A00Z", token: token)
            #expect(early.items.count > 10)
        }
    }

    @Test("spells its links in both forms, and refuses one that was not used as it was given")
    func links() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.driveFeed(try await sandbox.drive("sales"))
            var links: [String] = []
            var next: String? = url
            while let link = next, links.count < 50 {
                let page = try await sandbox.get(link, token: token, pageSize: 1)
                next = page.nextLink
                links += next.map { [$0] } ?? []
            }
            #expect(links.contains { $0.contains("/root/delta?token=") })
            #expect(links.contains { $0.contains("/root/delta(token='") })
            for link in links.prefix(2) {
                let changed = link.replacing("%3d", with: "=")
                #expect(try await sandbox.get(changed, token: token).status == 400)
                #expect(try await sandbox.get(link, token: token).status == 200)
            }
        }
    }

    @Test("forgets its positions with 410, in every spelling, with and without Location")
    func resync() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.driveFeed(try await sandbox.drive("sales"))
            var codes: Set<String> = []
            var locations = 0
            for _ in 0..<8 {
                let page = try await sandbox.get(url, token: token, pageSize: 3)
                _ = try await sandbox.control("POST", "drives/expire-feeds")
                let gone = try await sandbox.get(try #require(page.nextLink), token: token)
                #expect(gone.status == 410)
                let error = gone.json["error"]
                codes.insert(error?["innerError"]?["code"]?.stringValue ?? gone.errorCode ?? "")
                guard let location = gone.headers["Location"] else { continue }
                locations += 1
                #expect(try await sandbox.get(location, token: token).items.count > 10)
            }
            #expect((1...7).contains(locations))
            #expect(
                codes.isSuperset(of: [
                    "resyncRequired", "resyncChangesApplyDifferences", "resyncApplyDifferences",
                    "resyncChangesUploadDifferences", "resyncUploadDifferences",
                ]))
        }
    }

    @Test(
        "takes the faults that pages can have",
        arguments: ["empty-page", "repeat-page", "duplicate-items", "ghost-removals"])
    func oddPages(fault: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let drive = try await sandbox.drive("sales")
            _ = try await sandbox.control(
                "POST", "faults", ["path": "*/delta*", "skip": 1, "fault": .string(fault)])
            let round = try await sandbox.round(sandbox.driveFeed(drive), token: token)
            var mirror = DriveMirror(drive: drive)
            mirror.apply(round.items)
            #expect(try await mirror.files == sandbox.truth(of: drive))
            #expect(try await sandbox.control("GET", "faults")["struck"] == 1)
        }
    }

    @Test("leads a client that mirrors it through any changes at random to the truth")
    func mutations() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let state = try await sandbox.control("GET", "drives/state")
            let drives = state["drives"]?.arrayValue?.compactMap(\.id) ?? []
            var mirrors = drives.map { DriveMirror(drive: $0) }
            var links = drives.map { sandbox.driveFeed($0) }
            for seed in 0..<12 {
                for index in drives.indices {
                    let round = try await sandbox.round(
                        links[index], token: token, pageSize: seed % 4 == 0 ? 50 : 9)
                    links[index] = round.deltaLink
                    mirrors[index].apply(round.items)
                    #expect(try await mirrors[index].files == sandbox.truth(of: drives[index]))
                }
                _ = try await sandbox.control(
                    "POST", "drives/mutate", ["count": 60, "seed": JSON(seed)])
            }
        }
    }
}
