import Foundation
import JSON
import Testing

@Suite("docket models bench", .timeLimit(.minutes(5)))
struct ModelsBenchTests {
    static let tiny = Scratch.vector("tiny/llama-F32.gguf")

    @Test("prints a line for each rate, and one for the machine's limits")
    func rates() async throws {
        try await Scratch.with { scratch in
            let outcome = try await scratch.docket(
                "models", "bench", Self.tiny, "--prompt", "40", "--decode", "4",
                "--repetitions", "1")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try outcome.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            #expect(
                rows.map { $0["test"] } == [
                    "prefill", "decode", "decode", "decode", "decode", "roofline",
                ])
            #expect(rows.map { $0["sequences"]?.intValue } == [1, 1, 4, 8, 16, nil])
            #expect(rows.map { $0["tokens"]?.intValue } == [40, 4, 4, 4, 4, nil])
            for row in rows.dropLast() {
                #expect((row["tokens_per_second"]?.doubleValue ?? 0) > 0, "\(row)")
                #expect((row["share_of_roofline"]?.doubleValue ?? 0) > 0, "\(row)")
            }
            #expect((rows.last?["gigabytes_per_second"]?.doubleValue ?? 0) > 0)
        }
    }

    @Test("measures what is asked for alone")
    func chosen() async throws {
        try await Scratch.with { scratch in
            let outcome = try await scratch.docket(
                "models", "bench", Self.tiny, "--prompt", "8", "--decode", "0",
                "--repetitions", "1", "--threads", "1", "--kernels", "portable", "-o", "json")
            #expect(try outcome.rows().map { $0["test"] } == ["prefill", "roofline"])
            let decode = try await scratch.docket(
                "models", "bench", Self.tiny, "--prompt", "8", "--decode", "3", "--sequences",
                "2", "--repetitions", "1", "--cache", "float32", "-o", "json")
            #expect(try decode.rows().map { $0["sequences"]?.intValue } == [1, 2, nil])
        }
    }

    @Test("runs documents as recipes do, all to the same length where that is asked for")
    func documents() async throws {
        try await Scratch.with { scratch in
            try scratch.write(
                """
                {"text": "The invoice is due on Monday.\\u2028Please pay it."}
                {"text": ""}
                {"text": "\(String(repeating: "word ", count: 3000))"}

                """, to: "documents.jsonl")
            let outcome = try await scratch.docket(
                "models", "bench", Programs.model, "--documents", scratch.path("documents.jsonl"),
                "--system", "Be brief.", "--max-tokens", "5", "--ignore-eos", "--context", "256",
                "--repetitions", "2")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let row = try JSON.parse(outcome.output)
            #expect(row["test"] == "documents")
            #expect(row["documents"]?.intValue == 3)
            #expect(row["output_tokens"]?.intValue == 15)
            #expect((row["documents_per_minute"]?.doubleValue ?? 0) > 0)
            // The long document is cut to what the context holds.
            #expect((60..<400).contains(row["prompt_tokens"]?.intValue ?? 0), "\(row)")
            #expect((row["peak_memory_bytes"]?.intValue ?? 0) > 50_000_000)
        }
    }

    @Test(
        "refuses what makes no sense, as wrong use",
        arguments: [
            ["--prompt", "1"], ["--decode", "1"], ["--sequences", "0"], ["--system", "x"],
            ["--ignore-eos"], ["--kernels", "none"], ["--repetitions", "0"],
        ])
    func misuse(_ options: [String]) async throws {
        try await Scratch.with { scratch in
            let child = try Child(
                Programs.docket, ["models", "bench", Self.tiny] + options,
                environment: Programs.environment, in: scratch.folder)
            let outcome = try await child.end()
            #expect(outcome.status == 64)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(options[0]))
        }
    }

    @Test("says what is wrong with the files it is given")
    func files() async throws {
        try await Scratch.with { scratch in
            let absent = try await scratch.docket("models", "bench", scratch.path("absent.gguf"))
            #expect(absent.status == 78)
            #expect(absent.errors.contains("absent.gguf: cannot be read"))
            try scratch.write("{\"text\": \"a\"}\n{\"body\": \"b\"}\n", to: "documents.jsonl")
            let garbled = try await scratch.docket(
                "models", "bench", Programs.model, "--documents",
                scratch.path("documents.jsonl"))
            #expect(garbled.status == 1)
            #expect(garbled.errors.contains("documents.jsonl:2: `text` is not a text"))
        }
    }
}
