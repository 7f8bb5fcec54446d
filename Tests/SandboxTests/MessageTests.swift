import Foundation
import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's messages", .timeLimit(.minutes(5)))
struct MessageTests {
    private static let mailboxes = ["sales", "support", "accounting"].map {
        $0 + "@contoso.example"
    }

    /// Every message of a mailbox by the feeds of all its folders, hidden and nested ones too.
    private static func messages(
        of mailbox: String, _ sandbox: RunningSandbox, _ token: String
    ) async throws -> [JSON] {
        let state = try await sandbox.control("GET", "state")
        let box = state["mailboxes"]?.arrayValue?.first { $0["address"]?.stringValue == mailbox }
        var messages: [JSON] = []
        for folder in box?["folders"]?.arrayValue ?? [] where folder["search"] == false {
            let id = try #require(folder.id)
            let round = try await sandbox.round(
                sandbox.feed(id, of: mailbox), token: token, pageSize: 100)
            #expect(JSON(round.items.count) == folder["messages"])
            messages += round.items
        }
        return messages
    }

    @Test(
        "are more than a hundred, whole, with threads, both forms of body and three widths of time")
    func corpus() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            var messages: [JSON] = []
            for mailbox in Self.mailboxes {
                messages += try await Self.messages(of: mailbox, sandbox, token)
            }
            #expect(messages.count > 100)
            #expect(Set(messages.compactMap(\.id)).count == messages.count)
            for message in messages {
                #expect(message["subject"]?.stringValue?.isEmpty == false)
                #expect(message["body"]?["content"]?.stringValue?.isEmpty == false)
                let preview = try #require(message["bodyPreview"]?.stringValue)
                #expect(preview.count <= 255)
                #expect(!preview.contains("<") && !preview.contains("&nbsp;"))
            }
            let forms = Set(messages.compactMap { $0["body"]?["contentType"]?.stringValue })
            #expect(forms == ["html", "text"])
            let conversations = Set(messages.compactMap { $0["conversationId"]?.stringValue })
            #expect(conversations.count < messages.count)
            let widths = Set(messages.compactMap { $0["createdDateTime"]?.stringValue?.count })
            #expect(widths == [20, 23, 28])
            let types = Set(messages.compactMap { $0["@odata.type"]?.stringValue })
            #expect(types.contains("#microsoft.graph.eventMessageRequest"))
            #expect(messages.contains { $0["from"] == nil && $0["isDraft"] == true })
            let lengths = messages.map {
                ($0["body"]?["content"]?.stringValue ?? "").split(whereSeparator: \.isWhitespace)
                    .count
            }
            #expect(lengths.count { $0 > 300 } >= 10)
            #expect(lengths.contains { $0 < 15 })
        }
    }

    @Test("are the same by themselves as in the feed, written ones and made ones")
    func single() async throws {
        try await RunningSandbox.with(["--messages", "40"]) { sandbox in
            let token = try await sandbox.token()
            let round = try await sandbox.round(sandbox.feed("inbox"), token: token, pageSize: 30)
            #expect(round.items.count > 40)
            for item in round.items {
                let id = try #require(item.id)
                let url = sandbox.users + "/sales@contoso.example/messages/\(id)"
                let answer = try await sandbox.get(url, token: token)
                #expect(answer.status == 200)
                for pair in item.objectMembers?.pairs ?? [] where pair.name != "@odata.type" {
                    #expect(answer.json[pair.name] == pair.value, "\(pair.name)")
                }
            }
            let bodies = Set(round.items.compactMap { $0["body"]?["content"]?.stringValue })
            #expect(bodies.count == round.items.count)
        }
    }

    @Test("have plain text bodies where the request prefers them")
    func textBodies() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let round = try await sandbox.round(sandbox.feed("newsletters"), token: token)
            let id = try #require(round.ids.first)
            let url = sandbox.users + "/sales@contoso.example/messages/\(id)?$select=body"
            let html = try await sandbox.get(url, token: token)
            #expect(html.json["body"]?["contentType"] == "html")
            #expect(html.json["body"]?["content"]?.stringValue?.contains("<script>") == true)
            #expect(html.json["subject"] == nil)
            let text = try await sandbox.get(
                url, token: token, prefer: #"outlook.body-content-type="text""#)
            #expect(text.json["body"]?["contentType"] == "text")
            let content = try #require(text.json["body"]?["content"]?.stringValue)
            #expect(content.contains("Heat pumps reach 160"))
            #expect(!content.contains("<") && !content.contains("createElement"))
            #expect(!content.contains("track=function") && !content.contains("background:#06c"))
        }
    }

    @Test("that are unknown are not found, and made-up ids are malformed")
    func unknown() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let round = try await sandbox.round(sandbox.feed("inbox"), token: token)
            let id = try #require(round.ids.first)
            let messages = sandbox.users + "/sales@contoso.example/messages/"
            let folded = try await sandbox.get(messages + id.lowercased(), token: token)
            #expect(folded.status == 400)
            #expect(folded.errorCode == "ErrorInvalidIdMalformed")
            let elsewhere = try await sandbox.get(
                sandbox.users + "/support@contoso.example/messages/\(id)", token: token)
            #expect(elsewhere.status == 404)
            #expect(elsewhere.errorCode == "ErrorItemNotFound")
        }
    }

    @Test("carry attachments, in the list as base64 and by themselves as they are")
    func attachments() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let made = try await sandbox.control(
                "POST", "mailboxes/sales@contoso.example/messages",
                [
                    "subject": "Files", "body": "See there.",
                    "attachments": [
                        ["name": "a.csv", "content_type": "text/csv", "content": "ä;1"]
                    ],
                ])
            let id = try #require(made["immutable_id"]?.stringValue)
            let message = sandbox.users + "/sales@contoso.example/messages/\(id)"
            #expect(try await sandbox.get(message, token: token).json["hasAttachments"] == true)
            let list = try await sandbox.get(message + "/attachments", token: token)
            let item = try #require(list.items.first)
            #expect(item["@odata.type"] == "#microsoft.graph.fileAttachment")
            #expect(item["name"] == "a.csv")
            let decoded = item["contentBytes"]?.stringValue.flatMap { Data(base64Encoded: $0) }
            #expect(decoded == Data("ä;1".utf8))
            let light = try await sandbox.get(
                message + "/attachments?$select=id,name,size", token: token)
            #expect(light.items.first?["contentBytes"] == nil)
            let part = try #require(item.id)
            let raw = try await sandbox.get("\(message)/attachments/\(part)/$value", token: token)
            #expect(raw.body == Array("ä;1".utf8))
            #expect(raw.headers["Content-Type"] == "text/csv")
            let mime = try await sandbox.get(message + "/$value", token: token)
            #expect(String(decoding: mime.body, as: UTF8.self).contains("filename=\"a.csv\""))
        }
    }

    @Test(
        "carry attachments of other kinds, which have no bytes in the list",
        arguments: [("item", 200), ("reference", 405)])
    func otherAttachments(kind: String, contentStatus: Int) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let made = try await sandbox.control(
                "POST", "mailboxes/sales@contoso.example/messages",
                [
                    "subject": "Others", "body": "See there.",
                    "attachments": [
                        [
                            "name": "that", "kind": .string(kind),
                            "content": "Subject: Inner\r\n\r\nHi",
                        ],
                        ["name": "logo.svg", "inline": true, "content": "<svg/>"],
                    ],
                ])
            let id = try #require(made["immutable_id"]?.stringValue)
            let message = sandbox.users + "/sales@contoso.example/messages/\(id)"
            let list = try await sandbox.get(message + "/attachments", token: token)
            #expect(list.items.map { $0["isInline"] } == [false, true])
            let item = try #require(list.items.first)
            #expect(item["@odata.type"]?.stringValue == "#microsoft.graph.\(kind)Attachment")
            #expect(item["contentBytes"] == nil)
            let part = try #require(item.id)
            let expanded = try await sandbox.get(
                "\(message)/attachments/\(part)?$expand=microsoft.graph.itemattachment/item",
                token: token)
            #expect(expanded.json["item"]?.id == (kind == "item" ? "" : nil))
            let raw = try await sandbox.get("\(message)/attachments/\(part)/$value", token: token)
            #expect(raw.status == contentStatus)
        }
    }

    @Test("says that it has no attachments where all are inline")
    func inlineOnly() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let made = try await sandbox.control(
                "POST", "mailboxes/sales@contoso.example/messages",
                [
                    "subject": "Logo", "body": "x",
                    "attachments": [["name": "l.svg", "inline": true, "content": "<svg/>"]],
                ])
            let id = try #require(made["immutable_id"]?.stringValue)
            let message = try await sandbox.get(
                sandbox.users + "/sales@contoso.example/messages/\(id)", token: token)
            #expect(message.json["hasAttachments"] == false)
        }
    }

    @Test("have both forms of id translated")
    func translation() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let old = try await sandbox.round(
                sandbox.feed("offers"), token: token, immutable: false)
            let new = try await sandbox.round(sandbox.feed("offers"), token: token)
            let body: JSON = [
                "inputIds": .array(old.ids.map(JSON.string)), "sourceIdType": "restId",
                "targetIdType": "restImmutableEntryId",
            ]
            let answer = try await sandbox.send(
                "POST", sandbox.users + "/sales@contoso.example/translateExchangeIds",
                headers: [("Authorization", "Bearer \(token)")], body: body.serialized())
            #expect(answer.items.compactMap { $0["targetId"]?.stringValue } == new.ids)
            #expect(answer.items.compactMap { $0["sourceId"]?.stringValue } == old.ids)
        }
    }

    @Test("are the same ones for the same seed, under other ids for another")
    func seeds() async throws {
        var ids: [[String]] = []
        var subjects: [[JSON]] = []
        for seed in ["7", "7", "8"] {
            try await RunningSandbox.with(["--seed", seed]) { sandbox in
                let token = try await sandbox.token()
                let round = try await sandbox.round(sandbox.feed("offers"), token: token)
                ids.append(round.ids)
                subjects.append(round.items.compactMap { $0["subject"] })
            }
        }
        #expect(ids[0] == ids[1])
        #expect(Set(ids[0]).isDisjoint(with: ids[2]))
        #expect(subjects[0] == subjects[2])
    }
}
