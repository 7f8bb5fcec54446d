import Foundation
import Inference
import Testing

/// Small by default; `DOCKET_BENCH=1` measures the real sizes.
@Suite("Engine benchmark")
struct EngineBenchmarkTests {
    struct Size: CustomTestStringConvertible {
        let prompt: Int
        let decode: Int
        let sequences: Int
        var testDescription: String { "\(prompt)+\(decode) x \(sequences)" }
    }

    static let isFull = ProcessInfo.processInfo.environment["DOCKET_BENCH"] != nil

    static let sizes =
        isFull
        ? [
            Size(prompt: 128, decode: 64, sequences: 1),
            Size(prompt: 512, decode: 64, sequences: 1),
            Size(prompt: 512, decode: 64, sequences: 4),
            Size(prompt: 512, decode: 64, sequences: 16),
            Size(prompt: 2048, decode: 32, sequences: 4),
        ] : [Size(prompt: 16, decode: 4, sequences: 2)]

    @Test("documents with a common beginning, all at once")
    func documents() async throws {
        let (count, prefix, tokens, outputs) = Self.isFull ? (20, 166, 700, 96) : (3, 40, 50, 4)
        let engine = try TestModel.engine
        let start = ContinuousClock.now
        let computed = try await withThrowingTaskGroup(of: Int.self) { group in
            for document in 0..<count {
                group.addTask {
                    let common = (0..<prefix).map { Int32($0 * 37 % 40_000 + 20) }
                    let own = (0..<tokens).map { Int32(($0 * 31 + document * 977) % 40_000 + 20) }
                    return try await engine.complete(common + own, maxTokens: outputs) { _ in true }
                }
            }
            return try await group.reduce(0, +)
        }
        let duration = (ContinuousClock.now - start) / .seconds(1)
        print("documents per minute:", Int(Double(count) * 60 / duration))
        #expect(computed == count * outputs)
    }

    @Test("equal inputs give equal outputs", arguments: sizes)
    func repeats(_ size: Size) async throws {
        var options = EngineOptions(contextLength: 4096, sequences: 16)
        // The second time would find the first one's prompts computed.
        options.reusesPrefixes = false
        let engine = try Engine(modelPath: TestModel.smolLM2.path, options: options)
        defer { engine.shutdown() }
        var results: [BenchmarkResult] = []
        for _ in 0..<2 {
            let result = try await engine.benchmark(
                prompt: size.prompt, decode: size.decode, sequences: size.sequences)
            print(
                size.testDescription, "prefill", Int(result.prefillRate), "decode",
                Int(result.decodeRate), "checksum", result.checksum)
            results.append(result)
        }
        #expect(results[0].checksum == results[1].checksum)
        #expect(results.allSatisfy { $0.prefillRate > 0 && $0.decodeRate > 0 })
    }
}
