import Foundation
import JSON
import Postgres
import Testing

@Suite("A pass", .timeLimit(.minutes(5)))
struct PassTests {
    @Test("buries no mail that is moved to a folder which was read before")
    func moved() async throws {
        var configured = Configured()
        configured.folders = ["One", "Two"]
        try await Installation.with(configured) { docket in
            let tenant = docket.tenant
            let one = try await tenant.makeFolder("One")
            let two = try await tenant.makeFolder("Two")
            // Whichever is read first.
            let first = try await tenant.post("A", in: one)
            let second = try await tenant.post("B", in: two)
            try await docket.run()
            #expect(try await docket.filed().count == 2)

            try await tenant.resetRequests()
            try await tenant.slowDown(milliseconds: 2000)
            let child = try docket.start(["run", "--once"])
            try await until("the second folder is asked for: \(child.errors)") {
                try await tenant.requests()["messages-delta-changes", default: 0] == 2
            }
            for (id, folder) in [(first, two), (second, one)] {
                try await tenant.control(
                    "POST", "mailboxes/\(String.sales)/messages/\(id)/move",
                    ["folder": .string(folder)])
            }
            #expect(try await child.end().status == 0)
            #expect(try await docket.tombstones() == [])
            #expect(try await docket.filed().count == 2)
            // And what is really gone goes.
            try await tenant.control("DELETE", "faults")
            try await tenant.control(
                "DELETE", "mailboxes/\(String.sales)/messages/\(first)?reason=deleted")
            try await docket.run()
            #expect(try await docket.filed().count == 1)
        }
    }

    @Test("ends at once when it is told to, though the endpoint takes its time")
    func terminated() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.docket("migrate")
            try await docket.tenant.slowDown(milliseconds: 30_000)
            let child = try docket.start(["run"])
            try await until("a page is asked for: \(child.errors)") {
                try await docket.tenant.requests()["messages-delta-initial", default: 0] == 1
            }
            child.send(SIGTERM)
            #expect(try await child.end(within: .seconds(15)).status == 0)
        }
    }

    @Test("leaves a mailbox alone whose folders could not even be listed, for as long as it asks")
    func parked() async throws {
        var configured = Configured()
        configured.schedule = "1s"
        try await Installation.with(configured) { docket in
            try await docket.docket("migrate")
            try await docket.tenant.fault([
                "path": "*mailFolders*", "fault": "status", "status": 429, "retry_after": "3600",
                "count": "always",
            ])
            let daemon = try docket.start(["run"])
            defer { daemon.stop() }
            try await until("it is parked: \(daemon.errors)") {
                try await docket.number(
                    "SELECT count(parked_until) AS value FROM docket.scopes") == 1
            }
            let struck = try await docket.tenant.control("GET", "faults")["struck"]
            // More than three of its polls.
            try await Task.sleep(for: .seconds(4))
            #expect(try await docket.tenant.control("GET", "faults")["struck"] == struck)
        }
    }

    @Test("removes contents that a killed one left behind, and none that another still reads")
    func spool() async throws {
        try await Installation.with { docket in
            let files = FileManager.default
            for name in ["left", "held"] {
                let path = docket.path("spool/\(name)")
                try files.createDirectory(atPath: path, withIntermediateDirectories: true)
                try docket.write("letter", to: "spool/\(name)/a")
                try files.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: path)
            }
            let descriptor = open(docket.path("spool/held"), O_RDONLY)
            defer { close(descriptor) }
            try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            try await docket.run()
            #expect(!files.fileExists(atPath: docket.path("spool/left")))
            #expect(files.fileExists(atPath: docket.path("spool/held/a")))
        }
    }

    @Test("goes on where an id or a folder's name has a NUL")
    func unusableNames() async throws {
        let drive = try ScriptedDrive()
        defer { drive.stop() }
        drive.tell([
            ScriptedDrive.root, ScriptedDrive.folder("f1", "Of\u{0}fers"),
            ScriptedDrive.folder("f\u{0}2", "Hidden"), ScriptedDrive.file("a", "a.txt", in: "f1"),
            ScriptedDrive.file("b\u{0}", "b.txt"), ScriptedDrive.file("c", "c.txt", in: "f\u{0}2"),
            ScriptedDrive.gone("d\u{0}"), ScriptedDrive.file("e", "e.txt"),
        ])
        try await Installation.with(drive.configured()) { docket in
            try await docket.run()
            let titles = try await docket.texts(
                "SELECT title AS value FROM docket_v1.documents ORDER BY title")
            #expect(titles == ["a.txt", "e.txt"])
            let reasons = try await docket.texts(
                "SELECT reason AS value FROM docket_v1.failed_documents")
            #expect(reasons == ["unusable_id", "unusable_id"])
        }
    }

    @Test("keeps saying that a body was cut, though its file is only renamed")
    func truncated() async throws {
        try await Installation.with(MutatedConnector.onedrive.configured()) { docket in
            let text = String(repeating: "The pump runs. ", count: 300_000)
            let made = try await docket.tenant.control(
                "POST", "drives/items",
                ["drive": "sales", "parent": "/", "name": "long.txt", "text": .string(text)])
            try await docket.run()
            let cut: SQL = """
                SELECT count(*) AS value FROM docket_v1.documents
                WHERE title LIKE 'long%' AND metadata->'body_truncated' = 'true'
                """
            #expect(try await docket.number(cut) == 1)
            try await docket.tenant.changeItem(
                made["id"]?.stringValue ?? "", ["name": "longer.txt"])
            try await docket.run()
            #expect(try await docket.number(cut) == 1)
        }
    }
}
