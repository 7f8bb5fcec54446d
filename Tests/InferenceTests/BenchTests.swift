import Inference
import Testing

@Suite("Benchmark")
struct BenchTests {
    /// Two layers, of which one sees 4 positions only; sizes that are easy to add up.
    static let model = WorkModel(
        layerParameters: 1000, headParameters: 100, layerBytes: 500, headBytes: 50,
        windows: [0, 4], queryWidth: 8, positionBytes: 10)

    @Test("a prompt's work is its products, its attention, and its weights once a step")
    func prefill() {
        let work = Self.model.prefill(tokens: 6)
        // The first layer's tokens see 1 to 6 positions, the second's 1, 2, 3 and thrice 4.
        let (products, attention) = (2 * 6100, 4 * 8 * (21 + 18))
        #expect(work.operations == Double(products + attention))
        #expect(work.bytes == 550)
        let long = Self.model.prefill(tokens: 513)
        // The second step reads what the token before it saw.
        let (weights, read) = (2 * 500 + 50, 10 * (512 + 4))
        #expect(long.bytes == Double(weights + read))
    }

    @Test("a step of decoding reads the weights once, and the positions of every sequence")
    func decode() {
        let work = Self.model.decode(tokens: 2, sequences: 3, context: 10)
        // Tokens 11 and 12 of each sequence see so many positions, or 4.
        let positions = 3 * (11 + 12 + 4 + 4)
        #expect(work.bytes == Double(1100 + 10 * positions))
        #expect(work.operations == Double(13_200 + 32 * positions))
    }

    @Test("the machine's limit is the slower one of memory and arithmetic")
    func roofline() {
        let roofline = Roofline(bytesPerSecond: 100, operationsPerSecond: 1000)
        var work = Work()
        (work.bytes, work.operations) = (50, 100)
        #expect(roofline.secondsMin(of: work) == 0.5)
        work.operations = 2000
        #expect(roofline.secondsMin(of: work) == 2)
    }

    @Test("what the machine can do is measured with every instruction set")
    func measured() throws {
        for variant in KernelVariant.available {
            let roofline = try Roofline.measure(variant: variant, threads: 2)
            #expect(roofline.bytesPerSecond > 1e6)
            #expect(roofline.operationsPerSecond > 1e6)
        }
    }

    @Test("counts the tokens after every sequence has its first")
    func counts() async throws {
        let engine = try TinyEngine.make("llama-F32", contextLength: 128, sequences: 3)
        defer { engine.shutdown() }
        let (duration, tokens) = try await engine.decodeDuration(
            tokens: 5, sequences: 3, context: 40, seed: 1)
        #expect(duration > .zero)
        // All begin in the same step, or some have more tokens behind them already.
        #expect((1...3 * 4).contains(tokens))
        #expect(try await engine.prefillDuration(tokens: 100, seed: 2) > .zero)
    }

    @Test("refuses sizes that say nothing or do not fit")
    func refuses() async throws {
        let engine = try TinyEngine.make("llama-F32", contextLength: 64, sequences: 2)
        defer { engine.shutdown() }
        for (tokens, sequences, context) in [(1, 1, 8), (4, 3, 8), (4, 0, 8), (4, 1, 1)] {
            await #expect(throws: InferenceError.self) {
                _ = try await engine.decodeDuration(
                    tokens: tokens, sequences: sequences, context: context, seed: 1)
            }
        }
        await #expect(throws: InferenceError.promptTooLong(tokens: 65, limit: 64)) {
            _ = try await engine.prefillDuration(tokens: 65, seed: 1)
        }
    }

    @Test("knows what a token of a model costs")
    func workModel() throws {
        let engine = try TinyEngine.make("llama-Q4_0")
        defer { engine.shutdown() }
        let file = try ModelFile(path: ReferenceVectors.tinyModel("llama-Q4_0"))
        let matrices = file.tensors.values.filter { $0.shape.count == 2 }
        let model = engine.workModel
        // The head is tied to the embedding: every matrix is multiplied with once.
        #expect(
            model.layerParameters + model.headParameters
                == matrices.reduce(0) { $0 + $1.shape.reduce(1, *) })
        #expect(
            model.layerBytes + model.headBytes == matrices.reduce(0) { $0 + $1.byteCount })
        #expect(model.positionBytes > 0)
    }
}
