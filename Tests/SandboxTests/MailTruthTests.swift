import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's truth about mail", .timeLimit(.minutes(5)))
struct MailTruthTests {
    private static func documents(
        _ sandbox: RunningSandbox, kind: String
    ) async throws -> [JSON] {
        let truth = try await sandbox.control("GET", "mail/truth").arrayValue ?? []
        return truth.filter { $0["kind"]?.stringValue == kind }
    }

    @Test("names every mail that a client reads, and leaves out junk, drafts and hidden folders")
    func folders() async throws {
        try await RunningSandbox.with { sandbox in
            let mails = try await Self.documents(sandbox, kind: "mail")
            let keys = Set(mails.compactMap { $0["folder"]?.stringValue })
            #expect(keys.isSuperset(of: ["inbox", "thames", "sentitems", "archive"]))
            #expect(keys.isDisjoint(with: ["junkemail", "deleteditems", "drafts", "outbox"]))
            let thames = mails.first { $0["folder"] == "thames" }
            #expect(thames?["path"] == "Inbox/Projects/Thames Valley Water")
            #expect(thames?["scope"] == "sales@contoso.example")
        }
    }

    @Test("agrees with the feeds after changes at random, the same ones for the same seed")
    func mutations() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            _ = try await sandbox.control("POST", "mail/mutate", ["count": 200, "seed": 3])
            let mails = try await Self.documents(sandbox, kind: "mail")
            let folders = Set(
                mails.map { [$0["scope"]?.stringValue ?? "", $0["folder"]?.stringValue ?? ""] })
            for folder in folders {
                let expected = mails.filter {
                    $0["scope"]?.stringValue == folder[0] && $0["folder"]?.stringValue == folder[1]
                }
                let state = try await sandbox.control("GET", "state")
                let box = state["mailboxes"]?.arrayValue?.first {
                    $0["address"]?.stringValue == folder[0]
                }
                let id = box?["folders"]?.arrayValue?.first {
                    $0["key"]?.stringValue == folder[1]
                }?.id
                let round = try await sandbox.round(
                    sandbox.feed(try #require(id), of: folder[0]), token: token, pageSize: 50)
                #expect(
                    round.presentIDs == Set(expected.compactMap { $0["source_id"]?.stringValue }))
            }
            try await RunningSandbox.with { other in
                _ = try await other.control("POST", "mail/mutate", ["count": 200, "seed": 3])
                let there = try await Self.documents(other, kind: "mail")
                #expect(there == mails)
            }
        }
    }

    @Test("names attached files, real ones, by the mail's id and their own")
    func attachments() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let files = try await Self.documents(sandbox, kind: "attachment")
            #expect(files.count > 10)
            let pdf = try #require(
                files.first { $0["title"]?.stringValue?.hasSuffix(".pdf") == true })
            let ids = try #require(pdf["source_id"]?.stringValue).split(separator: "#")
            let scope = try #require(pdf["scope"]?.stringValue)
            let content = try await sandbox.get(
                "\(sandbox.users)/\(scope)/messages/\(ids[0])/attachments/\(ids[1])/$value",
                token: token)
            #expect(content.headers["Content-Type"] == "application/pdf")
            #expect(content.body.starts(with: "%PDF-".utf8))
        }
    }

    @Test("stays when all feeds lose their positions")
    func expireFeeds() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let before = try await Self.documents(sandbox, kind: "mail")
            let round = try await sandbox.round(sandbox.feed("inbox"), token: token)
            _ = try await sandbox.control("POST", "mail/expire-feeds")
            #expect(try await sandbox.get(round.deltaLink, token: token).status == 410)
            #expect(try await Self.documents(sandbox, kind: "mail") == before)
        }
    }
}
