import JSON
import Postgres
import Testing

/// Which files of a drive are read, and what becomes of those that cannot be.
@Suite("Graph: files", .timeLimit(.minutes(10)))
struct GraphSelectionTests {
    @Test(
        "globs choose by the path a file has by now, also when its folder gets another name or place"
    )
    func globs() async throws {
        let scope = ["include: [\"/Ships/**\", \"*.md\"]", "exclude: [\"/Ships/Secret/\"]"]
        try await Installation.with(.drives(["users/" + .sales], scope)) { docket in
            let tenant = docket.tenant
            let folder = try await tenant.makeDriveFolder("Ships")
            let secret = try await tenant.makeDriveFolder("Secret", in: "/Ships")
            let other = try await tenant.makeDriveFolder("Other")
            let plan = try await tenant.makeFile("plan.txt", in: "/Ships").source
            let hidden = try await tenant.makeFile("hidden.md", in: "/Ships/Secret").source
            let far = try await tenant.makeFile("far.txt", in: "/Other").source
            let note = try await tenant.makeFile("note.md", in: "/Other").source
            let mine = [plan, hidden, far, note]
            func filed() async throws -> Set<String> {
                try await docket.run()
                return Set(try await docket.filedPaths().keys).intersection(mine)
            }
            #expect(try await filed() == [plan, note])
            try await tenant.changeItem(secret, ["name": "Open"])
            #expect(try await filed() == [plan, note, hidden])
            try await tenant.changeItem(folder, ["name": "Vessels"])
            #expect(try await filed() == [note, hidden])
            try await tenant.changeItem(other, ["name": "Ships"])
            #expect(try await filed() == [note, hidden, far])
            #expect(try await docket.value("body", of: far) == "Some text.")
            try await tenant.moveItem(folder, to: "/Ships")
            #expect(try await filed() == [note, hidden, far, plan])
            let everything = try await docket.filedPaths().keys
            #expect(everything.count < (try await tenant.filePaths([tenant.driveID()])).count)
        }
    }

    @Test("a file that is told of before its folder is judged by the folder's path all the same")
    func childFirst() async throws {
        let drive = try ScriptedDrive()
        defer { drive.stop() }
        drive.tell(
            [
                ScriptedDrive.file("1", "in.txt", in: "f"),
                ScriptedDrive.file("2", "out.txt", in: "g"),
            ],
            [ScriptedDrive.folder("f", "Sub", in: "h")],
            [
                ScriptedDrive.root, ScriptedDrive.folder("h", "Ships"),
                ScriptedDrive.folder("g", "Other"),
            ])
        try await Installation.with(drive.configured(["include: [\"/Ships/**\"]"])) { docket in
            try await docket.run()
            #expect(try await docket.filedPaths() == ["b!x/1": "/Ships/Sub/in.txt"])
            let enumerations = drive.enumerations
            try await docket.run()
            #expect(try await docket.filedPaths() == ["b!x/1": "/Ships/Sub/in.txt"])
            #expect(drive.enumerations == enumerations)
        }
    }

    @Test("text files are read, other formats are filed without a text and say so")
    func formats() async throws {
        try await Installation.with(.drives()) { docket in
            for name in ["a.txt", "a.md", "a.html", "a.csv"] {
                let file = try await docket.tenant.makeFile(name, "Twelve seals")
                try await docket.run()
                let body = try await docket.value("body", of: file.source)
                #expect(body?.contains("Twelve seals") == true, "\(name): \(body ?? "")")
                let state = try await docket.value("metadata/content/state", of: file.source)
                #expect(state == "", "\(name)")
            }
            for name in ["a.pdf", "a.docx"] {
                let file = try await docket.tenant.makeFile(name, "Twelve seals")
                try await docket.run()
                #expect(try await docket.value("body", of: file.source) == "")
                let state = try await docket.value("metadata/content/state", of: file.source)
                #expect(state == "unread", "\(name)")
            }
        }
    }

    @Test("a content that could not be had is had by a later run, and its failure is forgotten")
    func fetchedAgain() async throws {
        try await Installation.with(.drives()) { docket in
            try await docket.run()
            let file = try await docket.tenant.makeFile("late.txt", "Late text.")
            try await docket.tenant.fault([
                "path": "*/content", "count": "always", "fault": "status", "status": 404,
            ])
            try await docket.run()
            #expect(try await docket.value("body", of: file.source) == "")
            #expect(try await docket.value("metadata/path", of: file.source) == "/late.txt")
            let failed = try await docket.texts(
                "SELECT source_id AS value FROM docket_v1.failed_documents")
            #expect(failed == [file.source])
            try await docket.tenant.control("DELETE", "faults")
            try await docket.run()
            #expect(try await docket.value("body", of: file.source) == "Late text.")
            #expect(try await docket.value("metadata/path", of: file.source) == "/late.txt")
            let left = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.failed_documents")
            #expect(left == 0)
        }
    }

    @Test("graph 10: a link to content that expires before it is used is asked for anew")
    func expiredLinks() async throws {
        try await Installation.with(.drives()) { docket in
            try await docket.run()
            let file = try await docket.tenant.makeFile("late.txt", "Late text.")
            try await docket.tenant.control("POST", "drives/download-lifetime", ["seconds": 0])
            let child = try docket.start(["run", "--once"])
            try await until("a link was good no more: \(child.errors)") {
                try await docket.tenant.requests()["drive-download", default: 0] > 0
            }
            try await docket.tenant.control("POST", "drives/download-lifetime", ["seconds": 3600])
            #expect(try await child.end().status == 0)
            #expect(try await docket.value("body", of: file.source) == "Late text.")
            #expect(try await docket.tenant.requests()["token"] == 2)
            #expect(try await docket.tenant.leaks() == 0)
        }
    }

    @Test("a file that is too large is filed without its content, and with the reason")
    func tooLarge() async throws {
        try await Installation.with(.drives(limits: ["content_bytes: 1kB"])) { docket in
            let text = String(repeating: "Seals. ", count: 400)
            let file = try await docket.tenant.makeFile("large.txt", text)
            try await docket.run()
            #expect(try await docket.value("body", of: file.source) == "")
            let state = try await docket.value("metadata/content/state", of: file.source)
            #expect(state == "content_too_large")
        }
    }

    @Test("fault 21: many deletions at once wait for a person, as in any scope")
    func held() async throws {
        try await Installation.with(
            .drives(top: ["deletions: {hold_above: 20%}"])
        ) { docket in
            let folder = try await docket.tenant.makeDriveFolder("Many")
            for number in 0..<40 {
                try await docket.tenant.makeFile("file\(number).txt", in: "/Many")
            }
            try await docket.run()
            let before = try await docket.filedPaths()
            try await docket.tenant.deleteItem(folder)
            try await docket.run()
            #expect(try await docket.filedPaths() == before)
            let list = try await docket.docket("deletions", "list", "--output", "json")
            let held = try #require(try JSON.parse(list.output).arrayValue?.first)
            #expect(held["documents"]?.intValue == 40)
            let scope = try #require(held["scope"]?.stringValue)
            #expect(try await docket.docket("deletions", "approve", "files", scope).status == 0)
            try await docket.run()
            #expect(try await docket.filedPaths().count == before.count - 40)
        }
    }

    @Test("a drive that nobody let us read is named, with the permission to give")
    func forbidden() async throws {
        try await Installation.with(.drives()) { docket in
            try await docket.tenant.control("POST", "drives/grants", ["permissions": []])
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.status == 77)
            #expect(outcome.errors.contains("Files.Read.All"))
        }
    }
}
