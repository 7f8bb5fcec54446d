import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's message feed", .timeLimit(.minutes(5)))
struct FeedTests {
    private static let sales = "mailboxes/sales@contoso.example/messages"

    @Test("gives every message of a folder once, in pages of the asked size, then nothing")
    func wholeRound() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let listed = try await sandbox.control("GET", Self.sales + "?folder=inbox")
            let expected = Set(
                listed.arrayValue?.compactMap { $0["immutable_id"]?.stringValue } ?? [])
            #expect(expected.count > 5)
            let first = try await sandbox.round(sandbox.feed("inbox"), token: token, pageSize: 4)
            #expect(first.presentIDs == expected)
            #expect(first.items.count == expected.count)
            #expect(first.pageCount == (expected.count + 3) / 4)
            let second = try await sandbox.round(first.deltaLink, token: token)
            #expect(second.items.isEmpty)
            #expect(second.pageCount == 1)
        }
    }

    @Test("spells links in the key form on its own origin")
    func links() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let page = try await sandbox.get(sandbox.feed("inbox"), token: token, pageSize: 2)
            let start = sandbox.users + "('sales@contoso.example')/mailfolders('"
            #expect(page.nextLink?.hasPrefix(start) == true)
            #expect(page.nextLink?.contains("')/messages/delta?$skiptoken=") == true)
            #expect(page.deltaLink == nil)
            let type = page.headers["Content-Type"] ?? ""
            #expect(type.hasPrefix("application/json;odata.metadata=minimal;"))
            let last = try await sandbox.round(sandbox.feed("inbox"), token: token)
            #expect(last.deltaLink.hasPrefix(start))
            #expect(last.deltaLink.contains("?$deltatoken="))
        }
    }

    @Test(
        "refuses a link that was not used as it was given",
        arguments: ["decode", "options", "alter"])
    func changedLink(how: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let page = try await sandbox.get(sandbox.feed("inbox"), token: token, pageSize: 2)
            let link = try #require(page.nextLink)
            let changed =
                switch how {
                case "decode": link.replacing("%3d", with: "=")
                case "options": link + "&$top=5"
                default: link.replacing("$skiptoken=", with: "$skiptoken=A")
                }
            #expect(try await sandbox.get(changed, token: token).status == 400)
            #expect(try await sandbox.get(link, token: token).status == 200)
        }
    }

    @Test("reports what was created, changed and deleted, a change by its properties alone")
    func changes() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let first = try await sandbox.round(sandbox.feed("archive"), token: token)
            let changed = try #require(first.ids.first)
            let deleted = try #require(first.ids.last)
            let made = try await sandbox.control(
                "POST", Self.sales, ["folder": "archive", "subject": "New", "body": "Text"])
            let created = try #require(made["immutable_id"]?.stringValue)
            _ = try await sandbox.control("PATCH", "\(Self.sales)/\(changed)", ["subject": "Other"])
            _ = try await sandbox.control("DELETE", "\(Self.sales)/\(deleted)?reason=changed")
            let second = try await sandbox.round(first.deltaLink, token: token)
            #expect(Set(second.ids) == [changed, deleted, created])
            #expect(second.item(deleted)?["@removed"] == ["reason": "changed"])
            let partial = try #require(second.item(changed))
            #expect(partial["subject"] == "Other")
            #expect(partial["body"] == nil)
            #expect(partial["from"] == nil)
            #expect(partial["parentFolderId"] != nil)
            #expect(second.item(created)?["body"]?["content"] == "Text")
            let third = try await sandbox.round(second.deltaLink, token: token)
            #expect(third.items.isEmpty)
            let fresh = try await sandbox.round(sandbox.feed("archive"), token: token)
            #expect(fresh.item(changed)?["body"] != nil)
            #expect(fresh.item(deleted) == nil)
        }
    }

    @Test("flipping the read state yields only that, whatever was selected")
    func readState() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.feed("archive") + "?$select=subject,isRead,body"
            let first = try await sandbox.round(url, token: token)
            let message = try #require(first.items.first { $0["isRead"] == false })
            let id = try #require(message.id)
            _ = try await sandbox.control("PATCH", "\(Self.sales)/\(id)", ["read": true])
            let second = try await sandbox.round(first.deltaLink, token: token)
            let names = second.items.first?.objectMembers?.pairs.map(\.name)
            #expect(names == ["@odata.type", "@odata.etag", "id", "isRead", "parentFolderId"])
        }
    }

    @Test(
        "tells of a move as removed in one folder and created in the other, under one id",
        arguments: [true, false])
    func move(isArrivalReadFirst: Bool) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let from = try await sandbox.round(sandbox.feed("inbox"), token: token)
            let to = try await sandbox.round(sandbox.feed("archive"), token: token)
            let id = try #require(from.ids.first)
            _ = try await sandbox.control(
                "POST", "\(Self.sales)/\(id)/move", ["folder": "archive"])
            let first = isArrivalReadFirst ? to : from
            let second = isArrivalReadFirst ? from : to
            var rounds = [try await sandbox.round(first.deltaLink, token: token)]
            rounds.append(try await sandbox.round(second.deltaLink, token: token))
            if !isArrivalReadFirst { rounds.reverse() }
            #expect(rounds[0].presentIDs == [id])
            #expect(rounds[1].removedIDs == [id])
            let message = try await sandbox.get(
                sandbox.users + "/sales@contoso.example/messages/\(id)", token: token)
            #expect(message.json["parentFolderId"] == rounds[0].items.first?["parentFolderId"])
        }
    }

    @Test("changes ids on a move where they are not asked to be immutable")
    func movableIDs() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let from = try await sandbox.round(
                sandbox.feed("inbox"), token: token, immutable: false)
            let to = try await sandbox.round(
                sandbox.feed("archive"), token: token, immutable: false)
            let id = try #require(from.ids.first)
            _ = try await sandbox.control("POST", "\(Self.sales)/\(id)/move", ["folder": "archive"])
            let arrival = try await sandbox.round(to.deltaLink, token: token, immutable: false)
            #expect(arrival.presentIDs.count == 1)
            #expect(!arrival.presentIDs.contains(id))
            let departure = try await sandbox.round(
                from.deltaLink, token: token, immutable: false)
            #expect(departure.removedIDs == [id])
            let gone = try await sandbox.get(
                sandbox.users + "/sales@contoso.example/messages/\(id)", token: token)
            #expect(gone.status == 404)
        }
    }

    @Test("mixes the forms of ids for a client that forgets the header on the second page")
    func forgottenHeader() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let whole = try await sandbox.round(sandbox.feed("inbox"), token: token)
            let first = try await sandbox.get(sandbox.feed("inbox"), token: token, pageSize: 3)
            #expect(first.items.allSatisfy { whole.ids.contains($0.id ?? "") })
            let second = try await sandbox.get(
                try #require(first.nextLink), token: token, immutable: false, pageSize: 3)
            #expect(second.items.count == 3)
            #expect(second.items.allSatisfy { !whole.ids.contains($0.id ?? "") })
        }
    }

    @Test("keeps the selection of the first request for all pages and later rounds")
    func selection() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.feed("inbox") + "?$select=subject,internetMessageHeaders&$top=3"
            let round = try await sandbox.round(url, token: token, pageSize: nil)
            #expect(round.pageCount > 2)
            #expect(round.items.allSatisfy { $0["subject"] != nil && $0["body"] == nil })
            #expect(
                round.items.contains { ($0["internetMessageHeaders"]?.arrayValue ?? []).count > 2 })
            _ = try await sandbox.control("POST", Self.sales, ["subject": "New", "body": "Text"])
            let later = try await sandbox.round(round.deltaLink, token: token, pageSize: nil)
            #expect(later.items.first?["subject"] == "New")
            #expect(later.items.first?["body"] == nil)
            let unknown = try await sandbox.get(
                sandbox.feed("inbox") + "?$select=nothing", token: token)
            #expect(unknown.status == 400)
        }
    }

    @Test("gives only messages received since, where filtered, and orders nothing else")
    func filter() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = sandbox.feed("inbox")
            let all = try await sandbox.round(url, token: token)
            let filter = "?$filter=receivedDateTime%20ge%202025-11-01T00:00:00Z"
            let some = try await sandbox.round(url + filter, token: token)
            let expected = all.items.filter {
                ($0["receivedDateTime"]?.stringValue ?? "") >= "2025-11-01"
            }
            #expect(!expected.isEmpty && expected.count < all.items.count)
            #expect(Set(some.ids) == Set(expected.compactMap(\.id)))
            let other = try await sandbox.get(url + "?$filter=isRead%20eq%20true", token: token)
            #expect(other.status == 400)
        }
    }

    @Test("forgets its positions when told to, in the middle of a round too")
    func expiredPositions() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let page = try await sandbox.get(sandbox.feed("inbox"), token: token, pageSize: 2)
            let whole = try await sandbox.round(sandbox.feed("inbox"), token: token)
            let other = try await sandbox.round(sandbox.feed("archive"), token: token)
            _ = try await sandbox.control(
                "POST", "expire-feeds", ["mailbox": "sales@contoso.example", "folder": "inbox"])
            for link in [page.nextLink, whole.deltaLink] {
                let answer = try await sandbox.get(try #require(link), token: token)
                #expect(answer.status == 410)
                #expect(answer.errorCode == "SyncStateNotFound")
            }
            #expect(try await sandbox.get(other.deltaLink, token: token).status == 200)
            let again = try await sandbox.round(sandbox.feed("inbox"), token: token)
            #expect(Set(again.ids) == Set(whole.ids))
        }
    }
}
