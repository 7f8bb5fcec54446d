import Foundation
import Testing

/// What people copy has to be right.
@Suite("Examples", .timeLimit(.minutes(2)))
struct ExampleTests {
    @Test("every connector in Deploy/connectors.d is accepted as it is")
    func deployed() async throws {
        let folder = Manual.root.appending(path: "Deploy/connectors.d")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(
            names
                == ["onedrive", "outlook", "salesforce", "sap-idoc", "sap-odata"].map {
                    "\($0).yaml.example"
                })
        try await Scratch.with { scratch in
            for name in names {
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                try scratch.write(text, to: "connectors.d/" + name.replacing(".example", with: ""))
            }
            try scratch.write("state_dir: \(scratch.folder)\nrecipes: []\n", to: "docket.yaml")
            let check = try await scratch.docket(
                "check", "--offline", "--config", scratch.path("docket.yaml"))
            #expect(check.status == 0, "\(check.errors)")
            #expect(check.errors.contains("5 connectors, no errors"))
        }
    }

    @Test("a key within the elements of a list is explained like any other")
    func explained() async throws {
        try await Scratch.with { scratch in
            let nested = [
                "scope.objects.title": "connector: salesforce",
                "scope.services.entity_sets.filter": "connector: sap-odata",
                "connection.known_hosts": "connector: sap-idoc",
                "scope.permissions": "connector: onedrive",
                "limits.budget_share": "connectors.d/*.yaml",
            ]
            for (name, title) in nested {
                let explained = try await scratch.docket("explain", name)
                #expect(explained.status == 0, "\(explained.errors)")
                #expect(explained.output.hasPrefix("\(title)\n\n\(name): "), "\(explained.output)")
            }
        }
    }
}
