import Foundation
import JSON
import Testing

@Suite("docket models list and inspect", .timeLimit(.minutes(5)))
struct ModelsListTests {
    @Test("lists the configured models with what is wrong with each")
    func list() async throws {
        try await Scratch.with { scratch in
            try scratch.write("", to: "broken.gguf")
            try scratch.write(
                """
                state_dir: \(scratch.folder)
                models:
                  - {name: good, file: \(Programs.model)}
                  - name: mute
                    file: \(Scratch.vector("tiny/llama-Q4_0.gguf"))
                    context_length: 256
                  - name: short
                    file: \(Scratch.vector("tiny/llama-Q4_0.gguf"))
                    context_length: 1024
                  - {name: broken, file: broken.gguf}
                  - name: adapted
                    file: \(Programs.model)
                    chat_template: gemma
                    adapter: absent.gguf
                  - {name: far, url: "http://127.0.0.1:9/v1", model: mistral-small}
                """, to: "docket.yaml")
            let outcome = try await scratch.docket(
                "models", "list", "--config", scratch.path("docket.yaml"), "-o", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try outcome.rows()
            #expect(
                rows.map { $0["name"] } == ["good", "mute", "short", "broken", "adapted", "far"])
            #expect(
                rows.map { $0["architecture"]?.stringValue }
                    == ["llama", "llama", "llama", nil, "llama", nil])
            #expect(rows[0]["quantisation"]?.stringValue?.hasPrefix("q4_1") == true)
            #expect(rows[0]["chat_family"] == "chatml")
            #expect(rows[0]["problem"] == nil as JSON)
            #expect(rows[1]["context_length"]?.intValue == 256)
            #expect(rows[1]["problem"]?.stringValue?.contains("chat template") == true)
            #expect(
                rows[2]["problem"]?.stringValue?.contains("context_length: 512") == true)
            #expect(rows[3]["model"]?.stringValue == scratch.path("broken.gguf"))
            #expect(rows[3]["problem"]?.stringValue?.contains("broken.gguf") == true)
            #expect(rows[4]["problem"]?.stringValue?.contains("absent.gguf") == true)
            #expect(rows[5]["model"]?.stringValue?.hasPrefix("mistral-small at http") == true)
        }
    }

    @Test("lists nothing as an empty list")
    func none() async throws {
        try await Scratch.with { scratch in
            try scratch.write("state_dir: \(scratch.folder)\n", to: "docket.yaml")
            for (format, text) in [("json", "[]\n"), ("jsonl", ""), ("table", "")] {
                let outcome = try await scratch.docket(
                    "models", "list", "--config", scratch.path("docket.yaml"), "-o", format)
                #expect(outcome.status == 0)
                #expect(outcome.output == text)
            }
        }
    }

    @Test("says what memory a model takes, and what computes with it")
    func memory() async throws {
        try await Scratch.with { scratch in
            let outcome = try await scratch.docket(
                "models", "inspect", Programs.model, "-o", "json")
            let model = try JSON.parse(outcome.output)
            #expect(model["kind"] == "model")
            #expect(model["parts"]?.intValue == 1)
            // Packed weights take about what they take in the file.
            #expect(
                (90_000_000..<110_000_000).contains(model["weights_memory_bytes"]?.intValue ?? 0))
            #expect((model["cache_memory_bytes"]?.intValue ?? 0) > 0)
            #expect((model["workspace_memory_bytes"]?.intValue ?? 0) > 0)
            #expect(model["blas_core"]?.stringValue?.isEmpty == false)
            #expect(model["kernels"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("tells an adapter from a model")
    func adapter() async throws {
        try await Scratch.with { scratch in
            let outcome = try await scratch.docket(
                "models", "inspect", Scratch.vector("tiny/llama-gqa-lora.gguf"), "-o", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let adapter = try JSON.parse(outcome.output)
            #expect(adapter["kind"] == "adapter")
            #expect(adapter["rank"] == "4")
        }
    }
}
