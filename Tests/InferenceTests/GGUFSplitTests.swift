import Foundation
import Inference
import Testing

@Suite("ModelFile, split")
struct GGUFSplitTests {
    /// The parts of a tiny llama: all metadata in the first, some of the tensors in each.
    static func parts(of count: Int, tensorsFirst: Bool = true) -> [GGUFWriter] {
        let whole = GGUFWriter.llama()
        return (0..<count).map { part in
            var writer = GGUFWriter()
            writer.entries = part == 0 ? whole.entries : []
            writer.set("split.no", .uint16(UInt16(part)))
            writer.set("split.count", .uint16(UInt16(count)))
            writer.set("split.tensors.count", .int32(Int32(whole.tensors.count)))
            let holders = tensorsFirst ? count : count - 1
            for (index, tensor) in whole.tensors.enumerated()
            where index % holders + (tensorsFirst ? 0 : 1) == part {
                writer.add(tensor.name, tensor.shape)
            }
            return writer
        }
    }

    static func name(_ part: Int, of count: Int) -> String {
        String(format: "tiny-%05d-of-%05d.gguf", part + 1, count)
    }

    /// Writes parts to a directory of their own and hands its path to `body`.
    static func withParts<R>(_ parts: [GGUFWriter], _ body: (URL) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (index, part) in parts.enumerated() {
            try part.bytes.write(to: folder.appending(path: name(index, of: parts.count)))
        }
        return try body(folder)
    }

    @Test("the first part brings all others, also when it has no tensor", arguments: [true, false])
    func whole(tensorsFirst: Bool) throws {
        let parts = Self.parts(of: 3, tensorsFirst: tensorsFirst)
        try Self.withParts(parts) { folder in
            let path = folder.appending(path: Self.name(0, of: 3)).path
            let file = try ModelFile(path: path)
            #expect(file.tensors.count == GGUFWriter.llama().tensors.count)
            #expect(file.byteCount == parts.reduce(0) { $0 + $1.bytes.count })
            #expect(
                file.paths == (0..<3).map { folder.appending(path: Self.name($0, of: 3)).path })
            #expect(file.path == path)
            for tensor in file.tensors.values {
                #expect(file.bytes(of: tensor).count == tensor.byteCount)
            }
            _ = try Hyperparameters(file)
        }
    }

    @Test("a model computes the same from parts as from one file")
    func engine() async throws {
        let path = ReferenceVectors.tinyModel("llama-F32")
        let whole = try Engine(modelPath: path, options: EngineOptions(sequences: 1, threads: 1))
        defer { whole.shutdown() }
        let tokens: [Int32] = [5, 9, 200, 31]
        let expected = try await whole.logits(after: tokens)
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try GGUFSplitter.split(path, into: 2, folder: folder)
        let split = try Engine(
            modelPath: folder.appending(path: Self.name(0, of: 2)).path,
            options: EngineOptions(sequences: 1, threads: 1))
        defer { split.shutdown() }
        #expect(try await split.logits(after: tokens) == expected)
    }

    @Test("another part than the first is refused, and the first one named")
    func laterPart() throws {
        try Self.withParts(Self.parts(of: 3)) { folder in
            let path = folder.appending(path: Self.name(1, of: 3)).path
            let first = folder.appending(path: Self.name(0, of: 3)).path
            #expect(
                throws: ModelError.notFirstPart(path: path, part: 2, count: 3, first: first)
            ) { try ModelFile(path: path) }
        }
    }

    @Test("a missing part is named, and a pipe in its place is not waited for")
    func missing() throws {
        try Self.withParts(Self.parts(of: 3)) { folder in
            let path = folder.appending(path: Self.name(0, of: 3)).path
            let missing = folder.appending(path: Self.name(2, of: 3))
            try FileManager.default.removeItem(at: missing)
            let error = try #require(throws: ModelError.self) { try ModelFile(path: path) }
            guard case .missingPart(path, 3, 3, missing.path, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.description.contains("No such file"))
            #expect(mkfifo(missing.path, 0o600) == 0)
            #expect(throws: ModelError.self) { try ModelFile(path: path) }
        }
    }

    static let damages:
        [(name: String, words: String, change: @Sendable (inout [GGUFWriter]) -> Void)] =
            [
                (
                    "a part of another split", "not that of part 2",
                    { $0[1].set("split.count", .uint16(4)) }
                ),
                (
                    "a part in another's place", "not that of part 2",
                    { $0[1].set("split.no", .uint16(2)) }
                ),
                ("a part that is a whole model", "not that of part 2", { $0[1] = .llama() }),
                (
                    "a part of another model", "not that of part 2",
                    {
                        $0[1].set("split.tensors.count", .int32(99))
                    }
                ),
                (
                    "a tensor in two parts", "earlier part",
                    { $0[1].add("token_embd.weight", [4, 3]) }
                ),
                ("too few tensors", "hold 10", { $0[1].tensors.removeLast() }),
                ("a tensor too many", "hold 12", { $0[1].add("strange.weight", [4]) }),
                (
                    "more tensors than there may be", "split.tensors.count",
                    {
                        $0[0].set("split.tensors.count", .int32(1 << 20))
                    }
                ),
                (
                    "more parts than there may be", "split.count",
                    {
                        $0[0].set("split.count", .uint16(1025))
                    }
                ),
                ("a number beyond the count", "split.no", { $0[0].set("split.no", .uint16(9)) }),
                ("a negative number", "split.no", { $0[0].set("split.no", .int32(-1)) }),
                ("no number", "split.no", { $0[0].entries.removeAll { $0.key == "split.no" } }),
                ("a part that is no model file", "GGUF version", { $0[1].version = 9 }),
            ]

    @Test("parts that do not belong together are refused", arguments: damages.indices)
    func refuses(_ index: Int) throws {
        let damage = Self.damages[index]
        var parts = Self.parts(of: 3)
        damage.change(&parts)
        try Self.withParts(parts) { folder in
            let path = folder.appending(path: Self.name(0, of: 3)).path
            for _ in 1...2 {
                let error = #expect(throws: ModelError.self, "\(damage.name)") {
                    try ModelFile(path: path)
                }
                #expect(
                    error?.description.contains(damage.words) == true,
                    "\(damage.name): \(String(describing: error))")
            }
        }
    }

    @Test("a first part under another name is refused, as the others cannot be found")
    func renamed() throws {
        try GGUFVectors.withFile(Self.parts(of: 2)[0].bytes) { path in
            let error = #expect(throws: ModelError.self) { try ModelFile(path: path) }
            #expect(error?.description.contains("-00001-of-00002.gguf") == true)
        }
    }

    @Test("a model that says it is its only part is a model")
    func single() throws {
        var writer = GGUFWriter.llama()
        writer.set("split.count", .uint16(1))
        writer.set("split.no", .uint16(0))
        _ = try Hyperparameters(writer.open())
    }
}
