import Foundation
import Testing

/// Checks of the source text that neither the compiler nor swift-format makes.
@Suite("Tidy")
struct TidyTests {
    /// The one target that may import a C module.
    static let wrappers = [
        "CCurl": "HTTPClient", "CKernels": "Inference", "CLanguage": "Language",
        "CMicroHTTPD": "HTTPServer", "COpenBLAS": "Inference", "COpenSSL": "Crypto",
        "CPostgres": "Postgres", "CXML": "XML", "CYAML": "YAML",
    ]

    @Test("a Swift file is one screenful of concept: at most 400 lines")
    func length() throws {
        let files =
            try Repository.files("Sources", [".swift"])
            + Repository.files("Tests", [".swift"])
        #expect(files.count > 100)
        for file in files {
            // The last line feed begins no line.
            let count = file.lines.count - 1
            #expect(count <= 400, "\(file):400: of \(count) lines")
        }
    }

    @Test("a C module is imported by its wrapper alone, and every C module has one")
    func imports() throws {
        let imports = /^(?:@\w+ )?(?:(?:package|internal|private|fileprivate) )?import (C[A-Z]\w*)/
        for file in try Repository.files("Sources", [".swift"]) {
            let places = file.places { line in
                guard let module = line.firstMatch(of: imports)?.1 else { return false }
                let wrapper = Self.wrappers[String(module)]
                return wrapper.map { $0 != file.folders[1] } ?? false
            }
            #expect(places == [], "another target's C module")
        }
        let sources = Repository.root.appending(path: "Sources")
        let modules = try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .filter { $0.wholeMatch(of: /C[A-Z]\w*/) != nil && $0 != "Configuration" }
            .filter { name in
                let folder = sources.appending(path: name)
                let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
                return !files.contains { ($0 as? String)?.hasSuffix(".swift") ?? false }
            }
        #expect(Set(modules) == Set(Self.wrappers.keys))
    }

    @Test("the program knows protocols; products are named by definitions and the sandbox alone")
    func vendors() throws {
        let names = /\b(?:outlook|onedrive|sharepoint|salesforce|microsoft|sap)\b/.ignoresCase()
        let endings = [".swift", ".c", ".h", ".cpp", ".modulemap"]
        for file in try Repository.files("Sources", endings)
        where file.folders[1] != "docket-sandbox" {
            #expect(file.places { $0.contains(names) } == [], "a vendor's name")
        }
    }

    @Test("nothing in the sources can trap by a shortcut, or was left for later")
    func shortcuts() throws {
        let shortcuts =
            /\btry!|\bas!|@unchecked Sendable|\bTODO\b|\bFIXME\b|@testable|@preconcurrency import (?!Dispatch)/
        for file in try Repository.files("Sources", [".swift", ".c", ".h", ".cpp"]) {
            #expect(file.places { $0.contains(shortcuts) } == [], "a shortcut")
        }
    }

    @Test("unchecked sharing between threads stays in the wrappers that hold pointers")
    func unsafeSharing() throws {
        let owners = Set(Self.wrappers.values)
        for file in try Repository.files("Sources", [".swift"])
        where !owners.contains(String(file.folders[1])) {
            #expect(file.places { $0.contains("nonisolated(unsafe)") } == [], "unchecked sharing")
        }
    }

    @Test(
        "every file the program lives by is compiled into it",
        arguments: [
            ("Connectors", ".yaml", "Files.swift"), ("Recipes", ".yaml", "Files.swift"),
            ("Migrations", ".sql", "MigrationFiles.swift"),
        ])
    func embedded(_ folder: String, _ ending: String, _ list: String) throws {
        let manifest = try Repository.file("Package.swift").lines.joined(separator: "\n")
        let code = try Repository.file("\(folder)/\(list)").lines.joined(separator: "\n")
        let files = try Repository.files(folder, [ending])
        #expect(!files.isEmpty)
        for file in files {
            let name = file.folders.dropFirst().joined(separator: "/")
            let isResource = manifest.contains(".embedInCode(\"\(name)\")")
            #expect(isResource, "\(file):1: not in Package.swift")
            let isListed = code.contains("\"\(name)\"")
            #expect(isListed, "\(file):1: not in \(folder)/\(list)")
        }
    }
}
