import Foundation
import Testing

/// What a model's settings do to what it says, with a tiny model and its adapter.
@Suite("Settings of a model file", .timeLimit(.minutes(5)))
struct ModelSettingsTests {
    private static let vectors = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "InferenceTests/Vectors/tiny").path

    /// What the tiny model says with more settings, and how that ended.
    private static func answer(_ settings: String...) async throws -> Outcome {
        let folder = "/tmp/docket-it-\(UUID().uuidString.prefix(8))"
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        // Relative to the state directory, as an administrator may write it.
        try files.createSymbolicLink(
            atPath: folder + "/models", withDestinationPath: vectors)
        let model = [
            "name: default", "file: models/llama-gqa.gguf", "context_length: 128",
        ]
        let lines =
            ["state_dir: \(folder)", "models:"]
            + zip(["- "] + [String](repeating: "  ", count: 9), model + settings)
            .map { "  \($0)\($1)" }
        let path = folder + "/docket.yaml"
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        return try await Child(
            Programs.docket, ["generate", "--max-tokens", "12", "Hello you."],
            environment: Programs.environment.merging(["DOCKET_CONFIG": path]) { $1 }, in: folder
        ).end()
    }

    @Test("a template that the file does not name makes it answer, each another answer")
    func template() async throws {
        let none = try await Self.answer()
        #expect(none.status == 1 && none.errors.contains("set `chat_template`"), "\(none.errors)")
        var answers: Set<String> = []
        for name in ["zephyr", "mistral"] {
            let answer = try await Self.answer("chat_template: \(name)")
            #expect(answer.status == 0, "\(answer.errors)")
            answers.insert(answer.output)
        }
        #expect(answers.count == 2)
    }

    @Test("a model that does not fit the memory it is allowed is refused, with the sizes")
    func memory() async throws {
        let enough = try await Self.answer("chat_template: zephyr", "memory: 1GB")
        #expect(enough.status == 0, "\(enough.errors)")
        let little = try await Self.answer("chat_template: zephyr", "memory: 1MB")
        #expect(
            little.status == 78 && little.errors.contains("allowed are 1000000"), "\(little.errors)"
        )
    }

    @Test("an adapter changes what it says, and one that is none is refused")
    func adapter() async throws {
        let plain = try await Self.answer("chat_template: zephyr")
        let adapted = try await Self.answer(
            "chat_template: zephyr", "adapter: models/llama-gqa-lora.gguf")
        #expect(adapted.status == 0, "\(adapted.errors)")
        #expect(!adapted.output.isEmpty && adapted.output != plain.output)
        let wrong = try await Self.answer("adapter: models/llama-gqa.gguf")
        #expect(wrong.status == 78 && wrong.errors.contains("general.type"), "\(wrong.errors)")
    }
}
