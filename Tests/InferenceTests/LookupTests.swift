import Foundation
import Inference
import Testing

@Suite("Prompt lookup")
struct LookupTests {
    @Test("a guess is what followed the same tokens, the longest match and the latest first")
    func draft() {
        func draft(_ tokens: [Int32], _ count: Int = 3) -> [Int32] {
            PromptLookup.draft(tokens, countMax: count)
        }
        #expect(draft([1, 2, 3, 4, 5, 9, 1, 2, 3]) == [4, 5, 9])
        #expect(draft([1, 2, 3, 4, 5, 9, 1, 2, 3], 1) == [4])
        #expect(draft([1, 2, 3, 4, 9, 2, 3, 5, 1, 2, 3]) == [4, 9, 2], "three before two")
        #expect(draft([2, 3, 4, 9, 2, 3, 5, 7, 2, 3]) == [5, 7, 2], "the latest")
        #expect(draft([7, 7, 7, 7]) == [7])
        #expect(draft([1, 2, 3, 4]) == [])
        #expect(draft([1, 2, 3, 1, 2], 0) == [])
        #expect(draft([]) == [] && draft([1]) == [] && draft([1, 2, 3]) == [])
    }

    @Test("guesses change no token: those of one sequence are those of a crowd")
    func stability() async throws {
        // The same few tokens over and over make the model repeat itself, and guesses hold.
        let prompts = (0..<16).map { number in
            (0..<60).map { (index: Int) -> Int32 in Int32(index % (number + 3) * 7 + number + 3) }
        }
        let crowd = try TinyEngine.make("llama-Q4_1", sequences: 16)
        let alone = try TinyEngine.make("llama-Q4_1", sequences: 1, threads: 1)
        defer {
            crowd.shutdown()
            alone.shutdown()
        }
        let expected = try await withThrowingTaskGroup(of: (Int, [Int32]).self) { group in
            for (index, prompt) in prompts.enumerated() {
                group.addTask {
                    (index, try await SamplingTests.output(crowd, prompt, .greedy, count: 150))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, prompt) in prompts.enumerated() {
            for count in [1, 2, 149, 150] {
                let output = try await SamplingTests.output(alone, prompt, .greedy, count: count)
                #expect(output == expected[index].map { Array($0.prefix(count)) })
            }
        }
    }

    @Test("greedy, drawn and filled-in outputs side by side are those of each alone")
    func mixture() async throws {
        let form = try Form([
            .init("name", .string(maxLength: 20)), .init("sum", .number),
            .init("tags", .strings(maxLength: 6, maxItems: 3)),
        ])
        var answers: [[[Int32]]] = []
        for (sequences, threads, order) in [
            (1, 1, Array(0..<16)), (4, 2, Array(0..<16)), (3, 1, (0..<16).reversed()),
            (16, 2, (0..<16).reversed()),
        ] {
            let engine = try TinyEngine.make("llama-Q8_0", sequences: sequences, threads: threads)
            defer { engine.shutdown() }
            let outputs = try await withThrowingTaskGroup(of: (Int, [Int32]).self) { group in
                for number in order {
                    group.addTask {
                        let prompt = (0..<50).map { Int32($0 % (number + 3) * 5 + number + 3) }
                        var options = GenerationOptions(maxTokens: 100)
                        if number % 3 == 1 { options.form = form }
                        if number % 4 == 2 {
                            options.sampling = Sampling(temperature: 1, seed: UInt64(number))
                        }
                        let tokens = Tokens()
                        _ = try await engine.write(prompt, options) {
                            tokens.append($0)
                            return true
                        }
                        return (number, tokens.all)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            answers.append(outputs.sorted { $0.key < $1.key }.map(\.value))
        }
        for answer in answers { #expect(answer == answers[0]) }
    }

    @Test("labels whose tokens begin another's need no rows of their own")
    func labels() {
        let labels: [[Int32]] = [
            [1, 2, 9], [1, 9], [1, 2, 3, 9], [4], [5, 9], [1, 9], [1, 3, 9],
        ]
        let paths = LabelPaths(labels)
        #expect(paths.rowCount == 3 + 2 + 1)
        #expect(
            paths.paths.map { Set($0.labels) }.sorted { $0.count < $1.count }.last == [0, 1, 2, 5])
        for path in paths.paths {
            for label in path.labels { #expect(path.inputs.starts(with: labels[label].dropLast())) }
        }
        #expect(Set(paths.paths.flatMap(\.labels)) == [0, 1, 2, 4, 5, 6])
    }
}
