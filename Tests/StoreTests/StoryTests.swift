import Domain
import Foundation
import Store
import StoreTesting
import Testing

@Suite("A document's story")
struct StoryTests {
    @Test("tells where it was seen, how often, what was tried and what came of it")
    func told() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        let failure = RecordFailure(
            sourceID: "A", stage: "content", reason: "gone", message: "no such file", record: nil)
        let first = try #require(try await office.claim().first)
        #expect(try await office.finish(first) == 1)
        try await office.pass(
            "Inbox", [document("A", "new")], failures: [failure], rules: [Office.summary])
        let second = try #require(try await office.claim().first)
        try await office.store.fail(
            second.job, claim: second.claim, reason: "model", message: "no answer",
            verdict: .retry(after: .seconds(60)))

        let id = try await office.id("A")
        let story = try await office.store.story(of: id)
        #expect(
            story.map(\.step) == [
                "document", "revision", "revision", "failure", "acl", "search", "result", "job",
                "attempt",
            ])
        func detail(_ step: String, _ index: Int = 0) -> String {
            let details = story.filter { $0.step == step }.map(\.detail)
            return index < details.count ? details[index] : ""
        }
        #expect(detail("document").contains("mail, box@example.com, Inbox; source id A"))
        #expect(detail("revision").contains("in run 1 "))
        #expect(detail("revision", 1).contains("in run 2 "))
        #expect(story[2].name == "2")
        #expect(detail("failure").contains("gone: no such file; 1 times"))
        #expect(detail("acl").contains("not asked for"))
        #expect(detail("search").contains("not noted yet"))
        #expect(detail("attempt") == "attempt 1; model: no answer")
        #expect(detail("job").hasPrefix("retryable; attempt 1; due "))
        #expect(detail("result").contains("model default 01; prompt 02; 7 + 3 tokens"))
        #expect(detail("result").contains("of an older revision"))

        try await office.store.forget([id], RemovalReason(.forget, who: "test@host"))
        let rest = try await office.store.story(of: id)
        #expect(rest.map(\.step).filter { $0 != "removed" } == ["document", "acl", "audit"])
        #expect(rest.contains { $0.detail == "forgotten; it is not filed again" })
        #expect(rest.contains { $0.detail == "by test@host" && $0.name == "forget" })
        #expect(try await office.store.story(of: .init(999)) == [])
    }

    @Test("tells what is gone from its stream, and what was deleted")
    func gone() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")])
        try await office.pass("Inbox", removals: ["A"])
        let id = try await office.id("A")
        let waiting = try await office.store.story(of: id).last { $0.step == "removed" }
        #expect(waiting?.detail.hasPrefix("gone from its streams") == true)
        #expect(try await office.settle() == .settled(1))
        let deleted = try await office.store.story(of: id).last { $0.step == "removed" }
        #expect(deleted?.detail == "deleted at the source")
    }
}
