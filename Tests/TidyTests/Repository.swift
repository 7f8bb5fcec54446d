import Foundation

/// The files of the repository, as text.
enum Repository {
    struct File: CustomStringConvertible, Sendable {
        /// Relative to the repository, such as `Sources/JSON/JSON.swift`.
        let path: String
        let lines: [String]

        var description: String { path }
        var folders: [Substring] { path.split(separator: "/") }

        /// `path:line` of every line that a condition finds fault with.
        func places(where isWrong: (String) -> Bool) -> [String] {
            lines.enumerated().filter { isWrong($0.element) }.map { "\(path):\($0.offset + 1)" }
        }
    }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Files below a folder whose names have one of the endings, sorted.
    static func files(_ folder: String, _ endings: [String]) throws -> [File] {
        let start = root.appending(path: folder)
        let all = FileManager.default.enumerator(atPath: start.path)?.allObjects ?? []
        return try all.compactMap { $0 as? String }
            .filter { path in endings.contains { path.hasSuffix($0) } }
            .sorted()
            .map { path in
                File(path: "\(folder)/\(path)", lines: try lines(start.appending(path: path)))
            }
    }

    static func file(_ path: String) throws -> File {
        File(path: path, lines: try lines(root.appending(path: path)))
    }

    private static func lines(_ url: URL) throws -> [String] {
        try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    }
}
