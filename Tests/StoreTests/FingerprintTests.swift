import Domain
import Foundation
import Store
import Testing

@Suite("What decides what a stream shows")
struct FingerprintTests {
    private static let former = [UInt8](repeating: 1, count: 32)
    private static let latter = [UInt8](repeating: 2, count: 32)

    private static func pass(
        _ office: Office, _ fingerprint: [UInt8]?, fails: Bool = false
    ) async throws -> Bool {
        var lease = try #require(
            try await office.store.claim(
                office.folder("Inbox"), by: office.instance, fingerprint: fingerprint,
                onlyIfDue: false))
        let isOutdated = lease.isOutdated
        if isOutdated { try await office.store.reset(&lease) }
        #expect(!lease.isOutdated)
        if !fails {
            let page = PageCommit(
                cursor: .delta("d"), isRoundComplete: true, documents: [], removals: [],
                failures: [], rules: [])
            try await office.store.commit(page, under: &lease)
        }
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
        return isOutdated
    }

    @Test("a stream without a fingerprint takes one over; under another it begins anew, once")
    func once() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        #expect(try await !Self.pass(office, nil))
        #expect(try await office.store.knownStreams(of: "mail").map(\.fingerprint) == [nil])
        #expect(try await !Self.pass(office, Self.former))
        #expect(try await !Self.pass(office, Self.former))
        #expect(try await Self.pass(office, Self.latter))
        #expect(try await !Self.pass(office, Self.latter))
        let known = try #require(try await office.store.knownStreams(of: "mail").first)
        #expect(known.fingerprint == Self.latter && !known.isAtStart)
    }

    @Test("a stream of which nothing is read yet need not begin anew")
    func atStart() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        #expect(try await !Self.pass(office, Self.former, fails: true))
        #expect(try await !Self.pass(office, Self.latter))
        #expect(try await Self.pass(office, Self.former, fails: true))
        #expect(try await !Self.pass(office, Self.former))
    }

    @Test("documents that another stream shows too do not go with a stream")
    func counted() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Inbox", [document("A"), document("B")])
        try await office.pass("Archive", [document("B"), document("C")])
        let streams = try await office.store.knownStreams(of: "mail")
        #expect(streams.map(\.name) == ["Archive", "Inbox"])
        #expect(streams.map(\.documents) == [2, 1])
        let archive = try #require(streams.first).id
        #expect(try await office.store.documents(onlyIn: [archive]) == [archive: 1])
        let all = try await office.store.documents(onlyIn: streams.map(\.id))
        #expect(all.values.reduce(0, +) == 3)
        let scope = try #require(try await office.store.knownScopes(of: "mail").first)
        #expect(scope.documents == 3 && scope.removed == 0 && scope.heldAt == nil)
    }
}
