import JSON
import Postgres
import Testing

/// Drives from the tenant to the views; the numbers are those of the pitfalls known of Microsoft
/// Graph.
@Suite("Graph: drives", .timeLimit(.minutes(10)))
struct GraphDriveTests {
    /// A folder with two files, one of them in a folder within it.
    private struct Tree {
        let folder: String
        let inner: String
        let plan: (source: String, item: String)
        let note: (source: String, item: String)

        init(_ tenant: Tenant) async throws {
            folder = try await tenant.makeDriveFolder("Ships")
            inner = try await tenant.makeDriveFolder("Parts", in: "/Ships")
            plan = try await tenant.makeFile("plan.txt", "Plan of ships.", in: "/Ships")
            note = try await tenant.makeFile("note.md", "Note on parts.", in: "/Ships/Parts")
        }
    }

    @Test(
        "graph 11: paths follow folders that are renamed or moved, though their contents do not say so"
    )
    func paths() async throws {
        try await Installation.with(.drives()) { docket in
            let tree = try await Tree(docket.tenant)
            let drive = try await docket.tenant.driveID()
            func expectPaths() async throws {
                try await docket.run()
                let truth = try await docket.tenant.filePaths([drive])
                #expect(try await docket.filedPaths() == truth)
            }
            try await expectPaths()
            #expect(
                try await docket.value("metadata/path", of: tree.note.source)
                    == "/Ships/Parts/note.md")
            try await docket.tenant.resetRequests()
            try await docket.tenant.changeItem(tree.folder, ["name": "Vessels"])
            try await expectPaths()
            #expect(
                try await docket.value("metadata/path", of: tree.note.source)
                    == "/Vessels/Parts/note.md")
            try await docket.tenant.moveItem(tree.inner, to: "/")
            try await expectPaths()
            try await docket.tenant.changeItem(tree.inner, ["name": "Spare parts"])
            try await docket.tenant.moveItem(tree.folder, to: "/Spare parts")
            try await docket.tenant.moveItem(tree.note.item, to: "/Spare parts/Vessels")
            try await docket.tenant.changeItem(tree.plan.item, ["name": "plan B.txt"])
            try await expectPaths()
            #expect(
                try await docket.value("metadata/path", of: tree.plan.source)
                    == "/Spare parts/Vessels/plan B.txt")
            // For all that no content was fetched again.
            #expect(try await docket.tenant.requests()["drive-content"] == nil)
            #expect(try await docket.tenant.requests()["drive-delta-initial"] == nil)
        }
    }

    @Test("graph 12: of an item that a round tells of more than once the last word counts")
    func lastWord() async throws {
        let drive = try ScriptedDrive()
        defer { drive.stop() }
        drive.tell(
            [
                ScriptedDrive.root, ScriptedDrive.file("1", "first.txt"),
                ScriptedDrive.file("2", "other.txt"), ScriptedDrive.file("1", "second.txt"),
            ],
            [ScriptedDrive.file("1", "third.txt"), ScriptedDrive.gone("2")],
            [
                ScriptedDrive.gone("1"), ScriptedDrive.file("1", "last.txt"),
                ScriptedDrive.file("3", "a.txt"), ScriptedDrive.gone("3"),
            ])
        try await Installation.with(drive.configured()) { docket in
            try await docket.run()
            #expect(try await docket.filedPaths() == ["b!x/1": "/last.txt"])
        }
    }

    @Test("graph 12: a folder that is gone takes along what is in it, but not what has left it")
    func leftInTime() async throws {
        let drive = try ScriptedDrive()
        defer { drive.stop() }
        let start = [
            ScriptedDrive.root, ScriptedDrive.folder("f", "Old"),
            ScriptedDrive.folder("g", "In", in: "f"),
            ScriptedDrive.folder("h", "New"), ScriptedDrive.file("1", "stays.txt", in: "f"),
            ScriptedDrive.file("2", "moves.txt", in: "f"),
            ScriptedDrive.file("3", "deep.txt", in: "g"),
        ]
        drive.tell(start)
        try await Installation.with(drive.configured()) { docket in
            try await docket.run()
            #expect(
                try await docket.filedPaths() == [
                    "b!x/1": "/Old/stays.txt", "b!x/2": "/Old/moves.txt",
                    "b!x/3": "/Old/In/deep.txt",
                ])
            drive.tell(
                [ScriptedDrive.gone("f")],
                [
                    ScriptedDrive.folder("g", "In", in: "h"),
                    ScriptedDrive.file("2", "moves.txt", in: "h"),
                ])
            try await docket.run()
            #expect(
                try await docket.filedPaths() == [
                    "b!x/2": "/New/moves.txt", "b!x/3": "/New/In/deep.txt",
                ])
            #expect(try await docket.tombstones() == ["b!x/1"])
        }
    }

    @Test(
        "graph 13: what is in a deleted folder is deleted, whether that is told or not",
        arguments: ["folder", "all", "all-last"])
    func deletedFolder(_ tombstones: String) async throws {
        try await Installation.with(.drives()) { docket in
            let tree = try await Tree(docket.tenant)
            let drive = try await docket.tenant.driveID()
            try await docket.run()
            try await docket.tenant.deleteItem(tree.folder, tombstones: tombstones)
            try await docket.run()
            let truth = try await docket.tenant.filePaths([drive])
            #expect(try await docket.filedPaths() == truth)
            #expect(
                try await docket.tombstones() == [tree.note.source, tree.plan.source].sorted())
        }
    }

    @Test("graph 14: items of two drives with one id are two documents")
    func twoDrives() async throws {
        let drives = ["users/" + String.sales, "users/" + String.support]
        try await Installation.with(.drives(drives)) { docket in
            let ids = [
                try await docket.tenant.driveID(), try await docket.tenant.driveID("support"),
            ]
            try await docket.run()
            let truth = try await docket.tenant.filePaths(ids)
            let items = truth.keys.compactMap { $0.split(separator: "/").last }
            #expect(Set(items).count < items.count)
            #expect(try await docket.filedPaths() == truth)
        }
    }

    @Test("graph 15: content is fetched again when it has changed, and not when anything else has")
    func content() async throws {
        try await Installation.with(.drives()) { docket in
            let tree = try await Tree(docket.tenant)
            try await docket.run()
            try await docket.tenant.resetRequests()
            try await docket.tenant.changeItem(tree.plan.item, ["name": "plan 2.txt"])
            try await docket.tenant.moveItem(tree.note.item, to: "/")
            try await docket.run()
            #expect(try await docket.tenant.requests()["drive-content"] == nil)
            #expect(try await docket.value("title", of: tree.plan.source) == "plan 2.txt")
            #expect(try await docket.value("body", of: tree.plan.source) == "Plan of ships.")
            try await docket.tenant.changeItem(tree.plan.item, ["text": "Another plan."])
            try await docket.run()
            #expect(try await docket.tenant.requests()["drive-content"] == 1)
            #expect(try await docket.value("body", of: tree.plan.source) == "Another plan.")
            // Read from the beginning, everything is known, and nothing has changed.
            try await docket.tenant.control("POST", "drives/expire-feeds")
            let before = try await docket.number(
                "SELECT sum(updated)::bigint AS value FROM docket.runs")
            try await docket.run()
            #expect(try await docket.tenant.requests()["drive-content"] == 1)
            let after = try await docket.number(
                "SELECT sum(updated)::bigint AS value FROM docket.runs")
            #expect(after == before)
        }
    }

    @Test("graph 16: a change of permissions alone changes who may read, and nothing else")
    func permissions() async throws {
        try await Installation.with(.drives(["users/" + .sales], ["permissions: true"])) { docket in
            let tree = try await Tree(docket.tenant)
            try await docket.run()
            #expect(try await docket.value("acl/user", of: tree.plan.source) == "[]")
            try await docket.tenant.resetRequests()
            let place = "drives/items/sales/\(tree.plan.item)/permissions"
            try await docket.tenant.control("POST", place, ["user": "Bo <bo@contoso.example>"])
            let made = try await docket.tenant.control("POST", place, ["link": "organization"])
            try await docket.run()
            #expect(
                try await docket.value("acl/user", of: tree.plan.source)
                    == #"["bo@contoso.example"]"#)
            #expect(
                try await docket.value("acl/link", of: tree.plan.source) == #"["organization"]"#)
            let link = made["id"]?.stringValue ?? ""
            try await docket.tenant.control("DELETE", place + "/" + link)
            try await docket.run()
            #expect(try await docket.value("acl/link", of: tree.plan.source) == "[]")
            #expect(try await docket.tenant.requests()["drive-content"] == nil)
            let revisions = try await docket.number(
                """
                SELECT count(*) AS value FROM docket_v1.document_history
                WHERE source_id = \(tree.plan.source)
                """)
            #expect(revisions == 1)
        }
    }

    @Test(
        "graph 16: what a folder is opened to, everything in it is open to, though only it is told")
    func inheritedPermissions() async throws {
        try await Installation.with(.drives(["users/" + .sales], ["permissions: true"])) { docket in
            let tree = try await Tree(docket.tenant)
            try await docket.run()
            try await docket.tenant.resetRequests()
            try await docket.tenant.control(
                "POST", "drives/items/sales/\(tree.folder)/permissions",
                ["user": "Bo <bo@contoso.example>"])
            try await docket.run()
            for source in [tree.plan.source, tree.note.source] {
                let readers = try await docket.value("acl/user", of: source)
                #expect(readers == #"["bo@contoso.example"]"#)
            }
            #expect(try await docket.tenant.requests()["drive-content"] == nil)
            #expect(try await docket.tombstones() == [])
            try await docket.tenant.resetRequests()
            try await docket.run()
            #expect(try await docket.tenant.requests()["drive-delta-initial"] == nil)
        }
    }

    @Test("graph 10: the token goes to no host of content, and addresses of content are not kept")
    func secrecy() async throws {
        let drives = [
            "users/" + String.sales, "sites/contoso.sharepoint.example:/sites/engineering",
        ]
        try await Installation.with(.drives(drives)) { docket in
            try await docket.run()
            #expect(try await docket.tenant.requests()["drive-download", default: 0] > 5)
            #expect(try await docket.tenant.leaks() == 0)
            let kept = try await docket.number(
                """
                SELECT count(*) AS value FROM docket.documents d
                WHERE strpos(d::text, 'tempauth') > 0 OR strpos(d::text, 'downloadUrl') > 0
                """)
            #expect(kept == 0)
        }
    }

    @Test(
        "graph 7: what vanished while a drive's place was lost is deleted, in any spelling of the loss"
    )
    func expiry() async throws {
        try await Installation.with(.drives()) { docket in
            let drive = try await docket.tenant.driveID()
            let keeper = try await docket.tenant.makeFile("keep.txt", "Kept.")
            try await docket.run()
            for number in 1...3 {
                let gone = try await docket.tenant.makeFile("gone\(number).txt", "Soon gone.")
                try await docket.run()
                try await docket.tenant.deleteItem(gone.item)
                try await docket.tenant.control("POST", "drives/expire-feeds")
                try await docket.run()
                #expect(try await docket.tombstones().contains(gone.source))
                let truth = try await docket.tenant.filePaths([drive])
                #expect(try await docket.filedPaths() == truth)
            }
            #expect(try await docket.value("body", of: keeper.source) == "Kept.")
        }
    }
}
