import Foundation
import Inference
import Testing

/// Small by default; `DOCKET_BENCHMARK=full` measures the real sizes.
@Suite("Engine benchmark")
struct EngineBenchmarkTests {
    struct Size: CustomTestStringConvertible {
        let prompt: Int
        let decode: Int
        let sequences: Int
        var testDescription: String { "\(prompt)+\(decode) x \(sequences)" }
    }

    static let sizes =
        ProcessInfo.processInfo.environment["DOCKET_BENCHMARK"] == "full"
        ? [
            Size(prompt: 128, decode: 64, sequences: 1),
            Size(prompt: 512, decode: 64, sequences: 1),
            Size(prompt: 512, decode: 64, sequences: 4),
            Size(prompt: 512, decode: 64, sequences: 16),
            Size(prompt: 2048, decode: 32, sequences: 4),
        ] : [Size(prompt: 16, decode: 4, sequences: 2)]

    @Test("equal inputs give equal outputs", arguments: sizes)
    func repeats(_ size: Size) async throws {
        let engine = try TestModel.engine
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
