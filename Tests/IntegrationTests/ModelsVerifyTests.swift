import Foundation
import JSON
import Testing

@Suite("docket models verify", .timeLimit(.minutes(5)))
struct ModelsVerifyTests {
    @Test("finds the vectors of both models by their names, and every vector there is holds")
    func everything() async throws {
        try await Scratch.with { scratch in
            let outcome = try await scratch.docket(
                "models", "verify", Programs.model, Programs.secondModel, "--vectors",
                Scratch.vector(""), "--all", "-o", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try outcome.rows()
            for row in rows {
                #expect(row["outcome"] == "passed", "\(row)")
                let measured = try #require(row["measured"]?.doubleValue)
                #expect(measured <= (row["bound"]?.doubleValue ?? -1), "\(row)")
            }
            func cases(_ model: String) -> [String: Int] {
                let rows = rows.filter { $0["model"]?.stringValue == model }
                return Dictionary(
                    rows.map { ($0["check"]?.stringValue ?? "", $0["cases"]?.intValue ?? 0) }
                ) { first, _ in first }
            }
            #expect(cases("SmolLM2")["tokens"] == 170)
            #expect(cases("SmolLM2")["log probability, mean difference"] == 20)
            #expect(cases("SmolLM2")["greedy choice, share differing"] == 628)
            #expect(cases("Gemma")["greedy choice, share differing"] == 768)
            #expect(cases("Gemma")["mean log likelihood"] == 2)
            #expect(cases("malformed")["refused with an error"] == 32)
            #expect(cases("llama-gqa")["logits, lora 0.5, cache of floats"] == 5)
            #expect(cases("phi3-longrope")["logits, long factors, cache of 8 bits"] == 5)
            #expect(cases("llama-Q6_K")["expanded weights"] == 4)
        }
    }

    @Test("without a file, checks the folders that bring their models along")
    func folders() async throws {
        try await Scratch.with { scratch in
            for name in ["gguf", "logits.jsonl"] {
                try scratch.copyVector("tiny/llama-F32.\(name)")
                try scratch.copyVector("tiny/llama-Q4_0.\(name)")
            }
            for name in ["magic-GGUX", "dims-product-wraps"] {
                try scratch.copyVector("malformed/\(name).gguf")
            }
            try scratch.write(
                """
                [{"file": "magic-GGUX.gguf", "expected": "typed error"},
                 {"file": "dims-product-wraps.gguf", "expected": "typed error"}]
                """, to: "malformed/index.json")
            let outcome = try await scratch.docket(
                "models", "verify", "--vectors", scratch.folder, "-o", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try outcome.rows()
            let models = Set(rows.compactMap { $0["model"]?.stringValue })
            #expect(models == ["malformed", "llama-F32", "llama-Q4_0"])
            let refused = rows.first { $0["check"] == "refused with an error" }
            #expect(refused?["passed"]?.intValue == 2)
        }
    }

    @Test("a file that should be refused and is not is a finding")
    func notRefused() async throws {
        try await Scratch.with { scratch in
            try scratch.copyVector("tiny/llama-F32.gguf")
            try FileManager.default.moveItem(
                atPath: scratch.path("tiny"), toPath: scratch.path("malformed"))
            try scratch.write(
                #"[{"file": "llama-F32.gguf", "expected": "typed error"}]"#,
                to: "malformed/index.json")
            let outcome = try await scratch.docket(
                "models", "verify", "--vectors", scratch.folder, "-o", "json")
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("llama-F32.gguf: was loaded"))
            #expect(try outcome.rows().first?["outcome"] == "failed")
        }
    }

    @Test("other tokens than those recorded are a finding, and a line separator in a text is not")
    func otherTokens() async throws {
        try await Scratch.with { scratch in
            try scratch.copyVector("tiny/llama-F32.gguf")
            try scratch.write(
                """
                {"category": "a", "text": "\u{2028}", "ids": [1, 2, 3], "ids_special": []}

                """, to: "tiny/llama-F32.tokenize.jsonl")
            let outcome = try await scratch.docket(
                "models", "verify", scratch.path("tiny/llama-F32.gguf"), "--vectors",
                scratch.folder, "-o", "json")
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("llama-F32.tokenize.jsonl:1: token 0 differs"))
            #expect(try outcome.rows().map { $0["cases"]?.intValue } == [1, 1])
        }
    }

    @Test(
        "a garbled file of vectors is told by its line",
        arguments: [
            (#"{"text": "a", "ids": [1"#, "JSON line 1"),
            (#"{"text": "a", "ids": [1.5], "ids_special": []}"#, "`ids` is not"),
            (#"{"text": 7, "ids": [1], "ids_special": []}"#, "`text` is not a text"),
            (#"{"text": "a", "ids": [1], "ids_special": [99999999999]}"#, "`ids_special` is not"),
        ])
    func garbled(_ line: String, _ reason: String) async throws {
        try await Scratch.with { scratch in
            try scratch.copyVector("tiny/llama-F32.gguf")
            let good = #"{"text": "", "ids": [], "ids_special": []}"#
            try scratch.write(good + "\n" + line + "\n", to: "tiny/llama-F32.tokenize.jsonl")
            let outcome = try await scratch.docket("models", "verify", "--vectors", scratch.folder)
            #expect(outcome.status == 1)
            #expect(outcome.output.isEmpty)
            #expect(outcome.complaints.count == 1)
            #expect(
                outcome.errors.contains(
                    "docket: \(scratch.path("tiny/llama-F32.tokenize.jsonl")):2: "))
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
    }

    @Test("says what there is when nothing fits")
    func nothingFits() async throws {
        try await Scratch.with { scratch in
            let tiny = Scratch.vector("tiny/llama-F32.gguf")
            try scratch.copyVector("tokenize-SmolLM2.jsonl")
            let unknown = try await scratch.docket(
                "models", "verify", tiny, "--vectors", scratch.folder)
            #expect(unknown.status == 1)
            #expect(unknown.errors.contains("it has SmolLM2; choose with --name"))
            let misnamed = try await scratch.docket(
                "models", "verify", tiny, "--vectors", scratch.folder, "--name", "Other")
            #expect(misnamed.status == 1)
            #expect(misnamed.errors.contains("has no vectors named Other"))
            let bare = try await scratch.docket("models", "verify", "--vectors", scratch.folder)
            #expect(bare.status == 1)
            #expect(bare.errors.contains("has neither `tiny` nor `malformed`"))
            #expect(try await scratch.docket("models", "verify", tiny).status == 64)
            let absent = try await scratch.docket(
                "models", "verify", "--vectors", scratch.path("absent"))
            #expect(absent.status == 64)
        }
    }
}
