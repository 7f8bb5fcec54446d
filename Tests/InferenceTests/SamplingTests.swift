import Foundation
import Inference
import Testing

@Suite("Sampling")
struct SamplingTests {
    static let prompt = (0..<40).map { Int32($0 * 13 % 300 + 3) }

    @Test("random numbers are those of the paper's authors (Random123, kat_vectors)")
    func philox() {
        let cases: [(seed: UInt64, counter: SIMD4<UInt32>, words: SIMD4<UInt32>)] = [
            (0, .zero, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            (
                .max, SIMD4(repeating: .max),
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
            ),
            (
                0x299f_31d0_a409_3822, [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
            ),
        ]
        for row in cases {
            #expect(CounterRandom(seed: row.seed).block(row.counter) == row.words)
        }
        let numbers = (0..<1000).map { CounterRandom(seed: 7).uniform(at: $0) }
        #expect(numbers.allSatisfy { (0..<1).contains($0) })
        #expect(Set(numbers).count == 1000)
    }

    @Test("what is drawn is as frequent as the model says", arguments: [(0.25, 1), (1, 0.5)])
    func frequencies(_ temperature: Double, _ topP: Double) async throws {
        let engine = try TinyEngine.make("llama-F32", sequences: 16)
        defer { engine.shutdown() }
        let logits = try await engine.logits(after: Self.prompt).map { Double($0) / temperature }
        let greatest = logits.max() ?? 0
        let weights = logits.map { exp($0 - greatest) }
        // The nucleus by its definition: most probable first, until the sum is reached.
        var expected: [Int32: Double] = [:]
        let total = weights.reduce(0, +)
        for token in weights.indices.sorted(by: { weights[$0] > weights[$1] }) {
            guard expected.values.reduce(0, +) < topP * total else { break }
            expected[Int32(token)] = weights[token]
        }
        let sum = expected.values.reduce(0, +)

        let draws = 1000
        let counts = try await withThrowingTaskGroup(of: Int32.self) { group in
            for seed in 0..<draws {
                group.addTask {
                    let sampling = Sampling(
                        temperature: temperature, topP: topP, seed: UInt64(seed))
                    return try await Self.output(engine, Self.prompt, sampling, count: 1)[0]
                }
            }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        // Five standard deviations of a binomial count; the seeds are fixed.
        for (token, count) in counts {
            let share = try #require(expected[token], "token \(token) is outside of the nucleus")
            let (mean, p) = (Double(draws) * share / sum, share / sum)
            let deviation = (Double(draws) * p * (1 - p)).squareRoot()
            #expect(abs(Double(count) - mean) <= 5 * deviation + 1, "token \(token)")
        }
        #expect(counts.count > 3)
    }

    @Test("a seed gives the same tokens alone and in a crowd, on one thread and two")
    func stability() async throws {
        let answers = try await TinyEngine.answersInCrowds("llama-Q4_1") { engine, number in
            let sampling = Sampling(
                temperature: 0.9, topP: 0.95, repetitionPenalty: 1.1, seed: UInt64(number / 2))
            // Two seeds share a prompt, two prompts a seed.
            let prompt = Self.prompt + [Int32((number + 1) / 2)]
            return try await Self.output(engine, prompt, sampling, count: 24)
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0] == answers[2])
        #expect(answers[0][1] != answers[0][2], "another seed, another output")
    }

    @Test("a cold draw and a tiny nucleus take the most probable token")
    func greedy() async throws {
        let engine = try TinyEngine.make("llama-Q8_0")
        defer { engine.shutdown() }
        let greedy = try await Self.output(engine, Self.prompt, .greedy, count: 20)
        for sampling in [
            Sampling(temperature: 1e-6, seed: 3), Sampling(temperature: 0.1, topP: 0.01, seed: 4),
            Sampling(topP: 0.5, seed: 9),
        ] {
            #expect(try await Self.output(engine, Self.prompt, sampling, count: 20) == greedy)
        }
    }

    @Test("the penalty divides positive logits of the output's tokens and multiplies others")
    func penalty() async throws {
        let engine = try TinyEngine.make("llama-F32")
        defer { engine.shutdown() }
        let sampling = Sampling(repetitionPenalty: 1.3)
        let output = try await Self.output(engine, Self.prompt, sampling, count: 30)
        for index in output.indices {
            var logits = try await engine.logits(after: Self.prompt + output[..<index])
            for token in Set(output[..<index]) {
                let logit = logits[Int(token)]
                logits[Int(token)] = logit > 0 ? logit / 1.3 : logit * 1.3
            }
            let best = logits.indices.max { logits[$0] < logits[$1] }
            #expect(best.map(Int32.init) == output[index])
        }
        let plain = try await Self.output(engine, Self.prompt, .greedy, count: 30)
        #expect(Set(output).count > Set(plain).count)
    }

    @Test(
        "values that mean nothing are refused",
        arguments: [
            Sampling(temperature: -0.1), Sampling(temperature: .nan),
            Sampling(temperature: .infinity), Sampling(temperature: 1, topP: 0),
            Sampling(topP: 1.1), Sampling(repetitionPenalty: 0),
            Sampling(repetitionPenalty: .nan),
        ])
    func refused(_ sampling: Sampling) async throws {
        let engine = try TinyEngine.make("llama-Q4_1", sequences: 1)
        defer { engine.shutdown() }
        let error = await #expect(throws: InferenceError.self) {
            try await engine.complete([5], maxTokens: 2, sampling: sampling) { _ in true }
        }
        guard case .invalidRequest = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    static func output(
        _ engine: Engine, _ prompt: [Int32], _ sampling: Sampling, count: Int
    ) async throws -> [Int32] {
        let tokens = Tokens()
        _ = try await engine.complete(prompt, maxTokens: count, sampling: sampling) {
            tokens.append($0)
            return true
        }
        return tokens.all
    }
}
