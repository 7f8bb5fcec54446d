import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Containers")
struct ContainerTests {
    @Test("a path is made of the names of the containers around a document, without the root's")
    func paths() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        try await office.show(
            [folder("R", nil, ""), folder("A", "R", "Offers"), folder("B", "A", "2026")],
            [try file("1", in: "B"), try file("2", in: "R")])
        #expect(try await office.paths() == ["1 /Offers/2026/Title of 1", "2 /Title of 2"])
    }

    @Test("a renamed or moved container renames everything below it, which is not told again")
    func rename() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        try await office.show(
            [folder("R", nil, ""), folder("A", "R", "Offers"), folder("B", "A", "2026")],
            [try file("1", in: "B")])
        try await office.show([folder("A", "R", "Quotes")])
        #expect(try await office.paths() == ["1 /Quotes/2026/Title of 1"])
        try await office.show([folder("B", "R", "2026")])
        #expect(try await office.paths() == ["1 /2026/Title of 1"])
    }

    @Test("containers may be told of after what is in them")
    func order() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        try await office.show([folder("B", "A", "2026")], [try file("1", in: "B")])
        try await office.show([folder("R", nil, ""), folder("A", "R", "Offers")])
        #expect(try await office.paths() == ["1 /Offers/2026/Title of 1"])
    }

    @Test("what is still in a removed container at the end of a round goes with it")
    func removal() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        try await office.show(
            [folder("R", nil, ""), folder("A", "R", "Offers"), folder("B", "A", "2026")],
            [try file("1", in: "B"), try file("2", in: "B"), try file("3", in: "R")])
        // The tombstone of the folder comes before the file that was moved out of it.
        try await office.show(
            [Container(id: "A", parentID: nil, name: "", isRemoved: true)], isComplete: false)
        try await office.show([], [try file("2", in: "R")])
        #expect(try await office.settle() == .settled(1))
        #expect(try await office.paths() == ["2 /Title of 2", "3 /Title of 3"])
    }

    @Test("a reading from the beginning forgets containers that it does not show")
    func epoch() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        try await office.show(
            [folder("R", nil, ""), folder("A", "R", "Offers")],
            [try file("1", in: "A"), try file("2", in: "R")])
        try await office.show([folder("R", nil, "")], [try file("2", in: "R")], reset: true)
        let lease = try await office.lease("Drive")
        let left = try await office.store.containers(around: ["A", "R"], in: lease.streamID)
        #expect(left.map(\.id) == ["R"])
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
    }

    @Test("containers that are in each other end nothing")
    func loop() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        try await office.show(
            [folder("A", "B", "a"), folder("B", "A", "b")], [try file("1", in: "A")])
        #expect(try await office.paths() == ["1 "])
    }

    private func folder(_ id: String, _ parent: String?, _ name: String) -> Container {
        Container(id: id, parentID: parent, name: name, isRemoved: false)
    }

    private func file(_ id: String, in container: String) throws -> StoredDocument {
        let plain = try document(id, id)
        return try StoredDocument(plain.document, record: "{}", containerID: container)
    }
}

@Suite("Marks, families and contents")
struct BelongingsTests {
    @Test("a file's mark is kept with the page that read it")
    func marks() async throws {
        let office = try await Office()
        try await office.ensure("Files")
        var lease = try await office.lease("Files")
        var page = PageCommit(
            cursor: .delta(""), isRoundComplete: true, documents: [], removals: [], failures: [],
            rules: [])
        page.marks = [.init(name: "a.xml", text: "10:1"), .init(name: "b.xml", text: "20:1")]
        try await office.store.commit(page, under: &lease)
        page.marks = [.init(name: "a.xml", text: "11:2")]
        try await office.store.commit(page, under: &lease)
        #expect(
            try await office.store.marks(of: lease.streamID)
                == ["a.xml": "11:2", "b.xml": "20:1"])
    }

    @Test("a round that proves no absence marks nothing, also when it began anew")
    func noProof() async throws {
        let office = try await Office()
        try await office.ensure("Files")
        try await office.pass("Files", [try document("1", "one"), try document("2", "two")])
        var lease = try await office.lease("Files")
        try await office.store.reset(&lease)
        var page = PageCommit(
            cursor: .delta(""), isRoundComplete: true, documents: [], removals: [], failures: [],
            rules: [])
        page.provesAbsence = false
        try await office.store.commit(page, under: &lease)
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
        #expect(
            try await office.texts("SELECT source_id AS v FROM docket_v1.documents ORDER BY 1")
                == ["1", "2"])
    }

    @Test("a child that its parent does not list any more goes, and the others stay")
    func family() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let parent = try document("M", "mail")
        try await office.pass("Inbox", [parent, try child("M#1"), try child("M#2")])
        var lease = try await office.lease("Inbox")
        var page = PageCommit(
            cursor: .delta("d"), isRoundComplete: true, documents: [try child("M#2")],
            removals: [], failures: [], rules: [])
        page.families = ["M": ["M#2"]]
        #expect(try await office.store.commit(page, under: &lease).deleted == 1)
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
        #expect(
            try await office.texts(
                """
                SELECT source_id AS v FROM docket.documents WHERE removed_at IS NULL ORDER BY 1
                """) == ["M", "M#2"])
    }

    @Test("a content that failed is remembered with its document, and asked for again")
    func contents() async throws {
        let office = try await Office()
        try await office.ensure("Drive")
        let failure = RecordFailure(
            sourceID: "1", stage: "content", reason: "content", message: "no", record: nil)
        try await office.pass("Drive", [try document("1", "one")], failures: [failure])
        let filed = try await office.store.filed(connector: "mail", sourceIDs: ["1"])
        #expect(filed["1"]?.hasContent == false)
        let lease = try await office.lease("Drive")
        #expect(
            try await office.store.unfetched(in: lease, attemptsMax: 5).keys.sorted() == ["1"])
        #expect(try await office.store.unfetched(in: lease, attemptsMax: 1).isEmpty)
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
        try await office.pass("Drive", [try document("1", "one")])
        let mended = try await office.store.filed(connector: "mail", sourceIDs: ["1"])
        #expect(mended["1"]?.hasContent == true)
    }

    private func child(_ id: String) throws -> StoredDocument {
        let plain = try document(id, id)
        return try StoredDocument(
            plain.document.with(parentSourceID: "M", acl: nil), record: "{}")
    }
}

extension Office {
    /// One page of a drive.
    fileprivate func show(
        _ containers: [Container], _ documents: [StoredDocument] = [], isComplete: Bool = true,
        reset: Bool = false
    ) async throws {
        var lease = try await lease("Drive")
        if reset { try await store.reset(&lease) }
        var page = PageCommit(
            cursor: isComplete ? .delta("d") : .next("n"), isRoundComplete: isComplete,
            documents: documents, removals: [], failures: [], rules: [])
        page.containers = containers
        try await store.commit(page, under: &lease)
        try await store.release(lease, outcome: .success, nextPollAt: .now)
    }

    fileprivate func paths() async throws -> [String?] {
        try await texts(
            """
            SELECT source_id || ' ' || coalesce(metadata->>'path', '') AS v
            FROM docket_v1.documents ORDER BY 1
            """)
    }

    fileprivate func settle() async throws -> Settlement {
        try await store.settleRemovals(
            connector: connector, scope: "box@example.com", passStartedAt: .distantPast,
            holdAbove: 1)
    }
}
