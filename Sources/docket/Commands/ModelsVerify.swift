import Crypto
import Foundation
import Inference

extension Command {
    static let modelsVerify = Command(
        words: ["models", "verify"],
        summary: "holds model files against reference vectors; exit code 3 where one does not hold",
        operands: [Operand(name: "FILE", isRequired: false, isRepeated: true)],
        options: [
            Option(
                name: "vectors", value: "DIR",
                help: "the vectors; their folders `tiny` and `malformed` are checked without FILE"),
            Option(
                name: "name", value: "NAME",
                help: "what the vectors call FILE (default: by the hash in their README.md)"),
            Option(name: "all", help: "check the folders beside FILE as well"),
            .cache, .kernels, .threads, .output,
        ]
    ) { arguments, terminal in
        guard let path = arguments.value("vectors") else {
            throw CommandFailure(code: .usage, message: "--vectors is missing")
        }
        let folder = try VectorFolder(path)
        var verifier = Verifier()
        verifier.options = try EngineOptions(arguments, sequences: 1)
        try await ModelsVerify.check(arguments, folder, &verifier, terminal)
        for failure in verifier.failures { terminal.complain(failure) }
        terminal.print(
            verifier.table.rendered(as: arguments.format, width: terminal.width))
        return verifier.holds ? .done : .findings
    }
}

enum ModelsVerify {
    static func check(
        _ arguments: Arguments, _ folder: VectorFolder, _ verifier: inout Verifier,
        _ terminal: Terminal
    ) async throws {
        let files = arguments.operands
        for file in files {
            terminal.say("\(file): checking")
            try await check(file, name: arguments.value("name"), folder, &verifier)
        }
        guard files.isEmpty || arguments.has("all") else { return }
        let (tiny, malformed) = (try folder.folder("tiny"), try folder.folder("malformed"))
        guard tiny != nil || malformed != nil else {
            throw CommandFailure(
                code: .failed,
                message: "\(folder.path): has neither `tiny` nor `malformed`; name a model file")
        }
        if let malformed {
            terminal.say("\(malformed.path): checking")
            verifier.add(try Refusals.check(malformed), model: "malformed")
        }
        if let tiny {
            terminal.say("\(tiny.path): checking")
            for name in tiny.tinyModels { try await verifier.checkTiny(name, in: tiny) }
            if tiny.has("dequant.jsonl") { try verifier.checkWeights(in: tiny) }
        }
    }

    /// Checks one file: a model that vectors are named after, or one that lies beside its own.
    private static func check(
        _ file: String, name: String?, _ folder: VectorFolder, _ verifier: inout Verifier
    ) async throws {
        if let name { return try await verifier.check(file, as: name, in: folder) }
        let stem = URL(filePath: file).deletingPathExtension().lastPathComponent
        for place in [folder, try folder.folder("tiny")].compactMap(\.self)
        where place.tinyModels.contains(stem) && !folder.models.contains(stem) {
            return try await verifier.checkTiny(stem, at: file, in: place)
        }
        let sha256: String
        do { sha256 = hexadecimal(try Crypto.sha256(fileAt: file)) } catch {
            throw CommandFailure(code: .failed, message: "\(error)")
        }
        let model = try folder.model(ofFile: file, sha256: sha256)
        try await verifier.check(file, as: model, in: folder)
    }
}
