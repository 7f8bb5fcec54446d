import Foundation
import Inference
import Testing

/// The same request gives the same bits, whatever runs beside it and on however many threads.
@Suite("Engine stability")
struct EngineStabilityTests {
    /// What an engine answers to one prompt.
    struct Answer: Equatable, Sendable {
        let tokens: [Int32]
        let logits: [UInt32]
    }

    static let models = ["llama-F32", "llama-F16", "llama-Q4_0", "llama-Q4_1", "llama-Q8_0"]

    @Test(
        "alone, in a crowd, on one thread or three: the same tokens and logits",
        arguments: models, KernelVariant.available)
    func tiny(_ model: String, _ variant: KernelVariant) async throws {
        let prompts = Self.prompts(vocabulary: 347, lengths: 1...40)
        var answers: [[Answer]] = []
        for (threads, sequences, reuses) in [(1, 1, false), (2, 16, false), (3, 5, true)] {
            let engine = try TinyEngine.make(model, sequences: sequences, threads: threads) {
                $0.variant = variant
                $0.reusesPrefixes = reuses
            }
            defer { engine.shutdown() }
            answers.append(try await Self.answers(of: engine, to: prompts, outputs: 12))
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0] == answers[2])
    }

    @Test("a document's answer does not depend on the other documents")
    func real() async throws {
        let prompts = try Self.excerpts(count: 16)
        let together = try await Self.answers(of: TestModel.engine, to: prompts, outputs: 8)
        var options = EngineOptions(contextLength: 1024, sequences: 1, threads: 1)
        options.isBackground = false
        options.reusesPrefixes = false
        let alone = try Engine(modelPath: TestModel.smolLM2.path, options: options)
        defer { alone.shutdown() }
        for (number, prompt) in prompts.enumerated() where number % 7 == 0 {
            let answer = try await Self.answers(of: alone, to: [prompt], outputs: 8)
            #expect(answer[0] == together[number], "prompt \(number)")
        }
    }

    @Test("a kept prefix gives the logits of a prompt computed from its beginning")
    func prefix() async throws {
        let engine = try TinyEngine.make("llama-Q4_1", sequences: 1)
        let fresh = try TinyEngine.make("llama-Q4_1", sequences: 1) { $0.reusesPrefixes = false }
        defer {
            engine.shutdown()
            fresh.shutdown()
        }
        let common = Self.prompts(vocabulary: 347, lengths: 100...100)[0]
        for tail in [[], [1, 2, 3], [1, 2, 4], [9]] as [[Int32]] {
            let reused = try await engine.logits(after: common + tail)
            let expected = try await fresh.logits(after: common + tail)
            #expect(reused.map(\.bitPattern) == expected.map(\.bitPattern))
        }
    }

    @Test("an engine that yields to the rest of the machine computes the same")
    func background() async throws {
        let prompts = Self.prompts(vocabulary: 347, lengths: 5...8)
        let yielding = try TinyEngine.make("llama-Q4_1") { $0.isBackground = true }
        let plain = try TinyEngine.make("llama-Q4_1")
        defer {
            yielding.shutdown()
            plain.shutdown()
        }
        let expected = try await Self.answers(of: plain, to: prompts, outputs: 5)
        #expect(try await Self.answers(of: yielding, to: prompts, outputs: 5) == expected)
    }

    @Test("prompts that begin alike and come together share their beginning, bit for bit")
    func sharedBeginning() async throws {
        let common = Self.prompts(vocabulary: 347, lengths: 150...150)[0]
        let prompts = (0..<16).map { Array(common.prefix(10 * $0)) + [Int32($0), 3, 1] }
        let sharing = try TinyEngine.make("llama-Q4_1", sequences: 8)
        let fresh = try TinyEngine.make("llama-Q4_1", sequences: 8) { $0.reusesPrefixes = false }
        defer {
            sharing.shutdown()
            fresh.shutdown()
        }
        let expected = try await Self.answers(of: fresh, to: prompts, outputs: 20)
        #expect(try await Self.answers(of: sharing, to: prompts, outputs: 20) == expected)
    }

    @Test("a small cache changes the order of the work and not its result")
    func smallCache() async throws {
        let prompts = Self.prompts(vocabulary: 347, lengths: 20...60)
        let small = try TinyEngine.makeSmallest("llama-Q8_0", sequences: 8)
        let large = try TinyEngine.make("llama-Q8_0", sequences: 8)
        defer {
            small.shutdown()
            large.shutdown()
        }
        #expect(small.information.memory.pageCount < large.information.memory.pageCount)
        let expected = try await Self.answers(of: large, to: prompts, outputs: 30)
        #expect(try await Self.answers(of: small, to: prompts, outputs: 30) == expected)
    }

    /// Asks for all prompts at once.
    private static func answers(
        of engine: Engine, to prompts: [[Int32]], outputs: Int
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
            for (index, prompt) in prompts.enumerated() {
                group.addTask {
                    let tokens = Tokens()
                    _ = try await engine.complete(prompt, maxTokens: outputs) {
                        tokens.append($0)
                        return true
                    }
                    let logits = try await engine.logits(after: prompt + tokens.all)
                    return (index, Answer(tokens: tokens.all, logits: logits.map(\.bitPattern)))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                .sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Pieces of texts in two languages, each longer than the one before.
    private static func excerpts(count: Int) throws -> [[Int32]] {
        let texts = try ReferenceVectors.likelihoods(.smolLM2).sorted { $0.key < $1.key }
        return (0..<count).map { number in
            let tokens = texts[number % texts.count].value.ids
            return Array(tokens.dropFirst(number * 20).prefix(50 + number * 40))
        }
    }

    /// Arbitrary prompts, one of each length.
    private static func prompts(vocabulary: Int, lengths: ClosedRange<Int>) -> [[Int32]] {
        lengths.map { length in
            (0..<length).map { Int32(($0 * 7919 + length * 104_729 + $0 * $0 * 31) % vocabulary) }
        }
    }
}
