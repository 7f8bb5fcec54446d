import Foundation
import YAML

/// The files a pattern such as `connectors.d/*.yaml` matches.
struct FilePattern {
    /// A folder that cannot be searched.
    struct Problem: Error {
        let message: String
    }

    private let pattern: String

    /// - Parameter pattern: A path; `*` and `?` match within a name, but not a leading dot.
    init(_ pattern: String) { self.pattern = pattern }

    var isLiteral: Bool { !Self.isWild(pattern[...]) }

    /// Finds them.
    ///
    /// - Returns: Paths in order; a pattern without wildcards is returned as it is.
    /// - Throws: ``Problem`` when a folder exists but cannot be listed, or holds too many files.
    func files() throws(Problem) -> [String] {
        guard !isLiteral else { return [pattern] }
        var paths = [pattern.hasPrefix("/") ? "/" : ""]
        for part in pattern.split(separator: "/") {
            var longer: [String] = []
            for path in paths {
                let names =
                    Self.isWild(part) ? try Self.names(in: path, like: part) : [String(part)]
                longer += names.map {
                    path.isEmpty || path.hasSuffix("/") ? path + $0 : "\(path)/\($0)"
                }
            }
            guard longer.count <= Limits.folderEntries else {
                throw Problem(message: "more than \(Limits.folderEntries) matches")
            }
            paths = longer
        }
        return paths.filter { FileManager.default.fileExists(atPath: $0) }.sorted()
    }

    private static func isWild(_ part: Substring) -> Bool {
        part.contains { $0 == "*" || $0 == "?" }
    }

    private static func names(in folder: String, like part: Substring) throws(Problem) -> [String] {
        let path = folder.isEmpty ? "." : folder
        let kind = try? URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey])
        guard kind?.isDirectory == true else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Problem(message: "cannot list the folder \(quoted(path))")
        }
        guard names.count <= Limits.folderEntries else {
            throw Problem(message: "more than \(Limits.folderEntries) files in \(quoted(path))")
        }
        return names.filter { name in
            (part.first == "." || name.first != ".") && matches(Array(name), Array(part))
        }
    }

    /// Matches without recursion: after a mismatch, the last `*` takes one character more.
    static func matches(_ name: [Character], _ pattern: [Character]) -> Bool {
        var (position, token) = (0, 0)
        var star: (position: Int, token: Int)?
        while position < name.count {
            if token < pattern.count, pattern[token] == "*" {
                star = (position, token)
                token += 1
            } else if token < pattern.count,
                pattern[token] == "?" || pattern[token] == name[position]
            {
                position += 1
                token += 1
            } else if let last = star {
                star = (last.position + 1, last.token)
                (position, token) = (last.position + 1, last.token + 1)
            } else {
                return false
            }
        }
        return pattern[token...].allSatisfy { $0 == "*" }
    }
}
