import Foundation
import Testing
import YAML

/// Configurations that are wrong, each with the exact text docket prints about it.
///
/// A file holds one or more parts, each after a line `#=== NAME`; without any it is `docket.yaml`
/// alone. `DOCKET_UPDATE_GOLDEN=1 swift test --filter BrokenTests` writes the expectations anew.
struct BrokenTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Broken")

    static let cases: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test(arguments: cases)
    func aBrokenConfigurationIsExplained(name: String) throws {
        let input = try Data(contentsOf: Self.folder.appending(path: "\(name).yaml"))
        let parts = Self.parts(of: String(decoding: input, as: UTF8.self))
        let folder = try Folder()
        for (file, text) in parts { try folder.write(text, to: file) }
        let (configuration, diagnostics) = folder.load(environment: ["PORT": "x", "EMPTY": ""])
        #expect((configuration == nil) == diagnostics.contains { $0.severity == .error })
        let text = folder.rendered(diagnostics)
        #expect(!text.isEmpty, "\(name) is not broken")

        let golden = Self.folder.appending(path: "\(name).expected")
        if ProcessInfo.processInfo.environment["DOCKET_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        #expect(text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test func theCasesAreFound() {
        #expect(Self.cases.count >= 25)
    }

    private static func parts(of text: String) -> [(file: String, text: String)] {
        var parts = [(file: "docket.yaml", text: "")]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#=== ") {
                parts.append((String(line.dropFirst(5)), ""))
            } else {
                parts[parts.count - 1].text += line + "\n"
            }
        }
        // The line break that ends the file begins no line.
        for index in parts.indices
        where parts[index].text.hasSuffix("\n") && index == parts.count - 1 {
            parts[index].text.removeLast()
        }
        if parts.count > 1, parts[0].text.isEmpty {
            let hasMain = parts.dropFirst().contains { $0.file == "docket.yaml" }
            parts[0].text = "recipes: []\n"
            if hasMain { parts.removeFirst() }
        }
        return parts
    }
}
