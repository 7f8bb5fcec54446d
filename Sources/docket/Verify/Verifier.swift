import Foundation
import Inference
import JSON

/// Holds models against reference vectors, and collects what came of it as rows.
struct Verifier: Sendable {
    /// Threads and instruction set; the context is as long as the vectors ask for.
    var options = EngineOptions(sequences: 1)
    private(set) var table = Table(columns: [
        "model", "check", "cases", "passed", "measured", "bound", "peer", "outcome",
    ])
    private(set) var failures: [String] = []
    private(set) var holds = true

    mutating func add(_ checks: [VectorCheck], model: String) {
        for check in checks {
            table.rows.append([
                .string(model), .string(check.name), JSON(check.cases), JSON(check.passed),
                JSON(check.measured.rounded(digits: 4)), JSON(check.bound),
                check.peer.map { JSON($0.rounded(digits: 4)) } ?? .null,
                .string(check.holds ? "passed" : "failed"),
            ])
            holds = holds && check.holds
            failures += check.failures.map { "\(model): \(check.name): \($0)" }
        }
    }

    /// Checks the model file at `path`, which `folder` calls `name`.
    mutating func check(_ path: String, as name: String, in folder: VectorFolder) async throws {
        func lines(_ kind: String) throws(CommandFailure) -> [JSONLine]? {
            let file = "\(kind)-\(name).jsonl"
            return folder.has(file) ? try JSONLine.all(folder.file(file)) : nil
        }
        let tokenize = try lines("tokenize")?.map { try $0.tokenize }
        let next = try lines("logits")?.map { try $0.nextToken } ?? []
        let greedy = try lines("greedy")?.map { try $0.greedy } ?? []
        let likelihoods =
            folder.has("nll.json")
            ? try JSONLine.whole(folder.file("nll.json")).likelihoods(of: name) : []
        guard tokenize != nil || !next.isEmpty || !greedy.isEmpty || !likelihoods.isEmpty else {
            throw CommandFailure(
                code: .failed, message: "\(folder.path): has no vectors named \(name)")
        }
        if let tokenize {
            let file = try modelFile(path)
            do { add(try Tokenizer(file.metadata).verify(tokenize), model: name) } catch {
                throw CommandFailure(code: .failed, message: "\(error)")
            }
        }
        let lengths =
            next.map(\.prompt.count) + likelihoods.map(\.tokens.count)
            + greedy.map { $0.prompt.count + $0.output.count }
        guard let longest = lengths.max() else { return }
        var options = options
        options.contextLength = longest
        let engine = try await load(path, options)
        defer { engine.shutdown() }
        if !next.isEmpty { add(await engine.verify(next), model: name) }
        if !greedy.isEmpty { add(await engine.verify(greedy), model: name) }
        if !likelihoods.isEmpty { add(await engine.verify(likelihoods), model: name) }
    }

    /// Checks a model against the vectors in `folder` that are named after it; the model lies
    /// beside them if no `path` says otherwise.
    mutating func checkTiny(
        _ name: String, at path: String? = nil, in folder: VectorFolder
    ) async throws {
        let path = path ?? folder.file("\(name).gguf")
        do {
            try await checkTiny(name, path, folder)
        } catch let refusal as ModelError {
            add([VectorCheck("loads", cases: 1, failures: ["\(refusal)"])], model: name)
        }
    }

    /// - Throws: `ModelError` when docket refuses the model.
    private mutating func checkTiny(
        _ name: String, _ path: String, _ folder: VectorFolder
    ) async throws {
        if folder.has("\(name).tokenize.jsonl") {
            let vectors = try JSONLine.all(folder.file("\(name).tokenize.jsonl"))
                .map { try $0.tokenize }
            let tokenizer = try Tokenizer(ModelFile(path: path).metadata)
            add(tokenizer.verify(vectors), model: name)
        }
        guard folder.has("\(name).logits.jsonl") else { return }
        let lines = try JSONLine.all(folder.file("\(name).logits.jsonl"))
        let isFloat = try ModelFile(path: path).hasFloatWeights
        for run in try TinyRun.all(lines) {
            for cache in TinyRun.caches(isFloat: isFloat) {
                let engine = try await Models.engine(
                    path, run.options(options, cache.format, folder))
                defer { engine.shutdown() }
                let check = await engine.verify(
                    run.vectors, name: "logits, \(run.name), \(cache.name)", bound: cache.bound)
                add([check], model: name)
            }
        }
    }

    /// Checks the rows of weights recorded in `folder`.
    mutating func checkWeights(in folder: VectorFolder) throws {
        let lines = try JSONLine.all(folder.file("dequant.jsonl"))
        var files: [(name: String, vectors: [WeightVector])] = []
        for line in lines {
            let name = try line.text("file")
            if files.last?.name != name { files.append((name, [])) }
            files[files.count - 1].vectors.append(try line.weights)
        }
        for (name, vectors) in files {
            let check = try modelFile(folder.file(name)).verify(vectors)
            add([check], model: String(name.split(separator: ".").first ?? ""))
        }
    }

    private func modelFile(_ path: String) throws(CommandFailure) -> ModelFile {
        do { return try ModelFile(path: path) } catch {
            throw CommandFailure(code: .failed, message: "\(error)")
        }
    }

    private func load(
        _ path: String, _ options: EngineOptions
    ) async throws(CommandFailure) -> Engine {
        do { return try await Models.engine(path, options) } catch {
            throw CommandFailure(code: .failed, message: "\(error)")
        }
    }
}
