import Foundation

/// Files of the repository that people copy from.
enum Manual {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The YAML in a page of the manual, block by block.
    static func examples(in page: String) throws -> [String] {
        let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
        return text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    /// The block that begins with a line.
    static func example(beginning line: String, in page: String) throws -> String {
        guard let block = try examples(in: page).first(where: { $0.hasPrefix(line + "\n") }) else {
            throw Child.Failure(description: "\(page) has no example that begins with `\(line)`")
        }
        return block
    }
}
