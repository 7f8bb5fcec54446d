import Foundation
import Glibc
import Inference
import JSON

/// Broken model files, each of which has to be refused at little cost.
struct Refusals {
    /// Bytes that refusing one file may take beside what the process has.
    static let bytesMax = 64 << 20
    /// Seconds of computing that refusing one file may take.
    static let secondsMax = 1.0

    private struct Cost {
        var bytes = 0
        var seconds = 0.0
    }

    /// Loads every file that `index.json` of `folder` lists.
    ///
    /// - Throws: ``CommandFailure`` where the index cannot be read.
    static func check(_ folder: VectorFolder) throws(CommandFailure) -> [VectorCheck] {
        let index = try JSONLine.whole(folder.file("index.json"))
        guard let entries = index.value.arrayValue, !entries.isEmpty else {
            throw CommandFailure(code: .failed, message: "\(index.place): lists no files")
        }
        var failures: [String] = []
        var worst = Cost()
        for (number, entry) in entries.enumerated() {
            let line = JSONLine(place: "\(index.place): entry \(number + 1)", value: entry)
            let name = try line.text("file")
            let isBroken = try line.text("expected") != "loads"
            // Twice: a refusal must leave nothing behind.
            for _ in 0..<2 {
                let (problem, cost) = load(folder.file(name), isBroken: isBroken)
                worst.bytes = max(worst.bytes, cost.bytes)
                worst.seconds = max(worst.seconds, cost.seconds)
                guard let problem else { continue }
                failures.append("\(name): \(problem)")
                break
            }
        }
        return [
            VectorCheck("refused with an error", cases: entries.count, failures: failures),
            VectorCheck(
                "memory of a refusal, bytes", of: entries.count, failures: [],
                mean: Double(worst.bytes), bound: Double(bytesMax)),
            VectorCheck(
                "time of a refusal, seconds", of: entries.count, failures: [],
                mean: worst.seconds, bound: secondsMax),
        ]
    }

    /// Loads one file.
    ///
    /// - Returns: What is wrong with how that went, nil when all is well, and what it cost.
    private static func load(_ path: String, isBroken: Bool) -> (problem: String?, cost: Cost) {
        let before = ProcessMemory.resident
        ProcessMemory.resetPeak()
        let start = clock()
        var problem: String?
        do throws(ModelError) {
            let engine = try Engine(
                modelPath: path, options: EngineOptions(sequences: 1, threads: 1))
            engine.shutdown()
            if isBroken { problem = "was loaded" }
        } catch {
            // A container without fault may hold a vocabulary that cannot be used.
            let isContainer = (try? ModelFile(path: path)) != nil
            if case .cannotOpen = error { problem = "\(error)" }
            if !isBroken && !isContainer { problem = "was refused: \(error)" }
        }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        return (problem, Cost(bytes: max(0, ProcessMemory.peak - before), seconds: seconds))
    }
}
