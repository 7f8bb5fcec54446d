import Crypto
import Foundation
import JSON

/// A directory of reference vectors: files named after models, and two folders that bring their
/// models along.
struct VectorFolder: Sendable {
    let path: String

    /// - Throws: ``CommandFailure`` with ``ExitCode/usage`` where there is no directory.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        guard isFolder("") else {
            throw CommandFailure(code: .usage, message: "\(path): is no directory")
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    func isFolder(_ name: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: (file(name) as NSString).resolvingSymlinksInPath)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }

    func folder(_ name: String) throws(CommandFailure) -> VectorFolder? {
        isFolder(name) ? try VectorFolder(file(name)) : nil
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The models that files here are named after, such as `SmolLM2`; they are elsewhere.
    var models: [String] {
        let names = names.compactMap { name in
            name.wholeMatch(of: /(?:tokenize|logits|greedy)-(.+)\.jsonl/).map { String($0.1) }
        }
        return Set(names).sorted()
    }

    /// The models that are here themselves, with files of vectors beside them.
    var tinyModels: [String] {
        let names = names.compactMap { name in
            name.wholeMatch(of: /(.+)\.(?:tokenize|logits)\.jsonl/).map { String($0.1) }
        }
        return Set(names).sorted()
    }

    /// Which of ``models`` a model file is.
    ///
    /// The folder's README says so by the file's hash; for a folder without one, the file's name
    /// has to begin with the model's.
    ///
    /// - Throws: ``CommandFailure``, naming what there is.
    func model(ofFile file: String, sha256: String) throws(CommandFailure) -> String {
        let known = models
        if let readme = FileManager.default.contents(atPath: self.file("README.md")) {
            let text = String(decoding: readme, as: UTF8.self)
            for match in text.matches(of: /`([^`\s]+)` = \S+ \(sha256 ([0-9a-f]{64})\)/)
            where match.2 == sha256 && known.contains(String(match.1)) {
                return String(match.1)
            }
        } else {
            let name = URL(filePath: file).lastPathComponent.lowercased()
            if let model = known.first(where: { name.hasPrefix($0.lowercased()) }) { return model }
        }
        throw CommandFailure(
            code: .failed,
            message: "\(path): has no vectors for \(file) with sha256 \(sha256); "
                + "it has \(known.isEmpty ? "none" : known.joined(separator: ", ")); "
                + "choose with --name")
    }
}
