import Crypto
import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

/// A connector with one mailbox, its folders and one daemon: what most tests begin with.
struct Office {
    let store: Store
    let instance: Instance
    let connector: String

    init(connector: String = "mail", store: Store? = nil) async throws {
        if let store { self.store = store } else { self.store = try await TestStore.make() }
        self.connector = connector
        instance = Instance(id: UUID(), host: "host", version: "1")
        try await self.store.register(instance)
    }

    static let summary = JobRule(
        recipe: "summary", fingerprint: Array(repeating: 1, count: 32), kinds: [],
        charactersMin: 1)
    static let recipes = [
        RecipeVersion(recipe: "summary", fingerprint: Array(repeating: 1, count: 32))
    ]

    func folder(_ name: String) -> Domain.Stream {
        Domain.Stream(
            connector: connector, scope: "box@example.com", key: "key-\(name)", name: name,
            variables: ["mailbox": "box@example.com"])
    }

    func ensure(_ names: String...) async throws {
        try await store.ensure(
            connector: connector, scope: "box@example.com", streams: names.map(folder))
    }

    func lease(_ name: String) async throws -> StreamLease {
        try #require(try await store.claim(folder(name), by: instance, onlyIfDue: false))
    }

    /// One pass over a folder that shows the documents and removals in one page.
    @discardableResult
    func pass(
        _ name: String, _ documents: [StoredDocument] = [], removals: [String] = [],
        failures: [RecordFailure] = [], rules: [JobRule] = [], reset: Bool = false
    ) async throws -> PageCounts {
        var lease = try await lease(name)
        if reset { try await store.reset(&lease) }
        let page = PageCommit(
            cursor: .delta("d"), isRoundComplete: true, documents: documents, removals: removals,
            failures: failures, rules: rules)
        let counts = try await store.commit(page, under: &lease)
        try await store.release(lease, outcome: .success, nextPollAt: .now)
        return counts
    }

    func settle(holdAbove: Double = 1) async throws -> Settlement {
        try await store.settleRemovals(
            connector: connector, scope: "box@example.com",
            passStartedAt: Date(timeIntervalSince1970: 0), holdAbove: holdAbove)
    }

    func query(_ sql: SQL) async throws -> [Row] {
        try await store.database.withConnection { try $0.run(sql) }
    }

    /// The first column of every row.
    func texts(_ sql: SQL) async throws -> [String?] {
        try await query(sql).map { try $0.optional("v") }
    }

    func live() async throws -> [String?] {
        try await texts(
            "SELECT source_id || '@' || stream AS v FROM docket_v1.documents ORDER BY 1")
    }

    /// Lets an instance die: the database believes its last heartbeat to be long ago.
    func kill(_ instance: Instance) async throws {
        _ = try await query(
            """
            UPDATE docket.instances SET lease_until = now() - interval '1 second'
            WHERE instance_id = \(instance.id)::uuid
            """)
    }

    func claim(_ limit: Int = 10, by other: Instance? = nil) async throws -> [ClaimedJob] {
        try await store.claimJobs(by: other ?? instance, recipes: Self.recipes, limit: limit)
    }

    func finish(_ claimed: ClaimedJob, text: String = "short") async throws -> Int {
        try await store.finish([
            FinishedJob(job: claimed.job, claim: claimed.claim, enrichment: enrichment(text))
        ])
    }
}

func document(
    _ sourceID: String, _ body: String = "some text", kind: String = "email",
    parent: String? = nil, metadata: JSON = .object(.init()), record: String? = nil
) throws -> StoredDocument {
    let document = Document(
        sourceID: sourceID, kind: kind, title: "Title of \(sourceID)", author: "a@example.com",
        participants: ["a@example.com", "\"B, C\\\" <b@example.com>", "é\u{301}\"\u{301}"],
        language: "en", createdAt: Date(timeIntervalSince1970: 1_700_000_000.5),
        modifiedAt: nil, sourceURL: "https://example.com/\(sourceID)", body: body,
        contentSHA256: try sha256("Title of \(sourceID)\n\(body)"), parentSourceID: parent,
        metadata: metadata, acl: nil)
    return try StoredDocument(
        document, record: record ?? #"{"id":"\#(sourceID)","body":"\#(body)"}"#)
}

func enrichment(_ text: String) -> Enrichment {
    Enrichment(
        output: .text(text, method: .generated), language: "en", model: "default",
        modelSHA256: [1], promptSHA256: [2], parameters: .object(.init()), promptTokens: 7,
        outputTokens: 3, duration: .milliseconds(1500))
}
