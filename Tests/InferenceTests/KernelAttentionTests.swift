import CKernels
import Foundation
import Inference
import Testing

@Suite("Kernel attention")
struct KernelAttentionTests {
    struct Shape: CustomTestStringConvertible {
        let heads: Int
        let keyValueHeads: Int
        let headWidth: Int
        let ropeWidth: Int
        let kind: kernel_rope
        /// Positions a row sees; 0: all.
        var window = 0
        var hasHeadNorms = false
        var testDescription: String {
            "\(heads)/\(keyValueHeads) heads of \(headWidth), window \(window)"
        }
    }

    static let shapes = [
        Shape(heads: 9, keyValueHeads: 3, headWidth: 64, ropeWidth: 64, kind: KERNEL_ROPE_ADJACENT),
        Shape(heads: 4, keyValueHeads: 4, headWidth: 24, ropeWidth: 12, kind: KERNEL_ROPE_HALVES),
        Shape(heads: 8, keyValueHeads: 1, headWidth: 128, ropeWidth: 128, kind: KERNEL_ROPE_HALVES),
        Shape(heads: 2, keyValueHeads: 1, headWidth: 2, ropeWidth: 2, kind: KERNEL_ROPE_ADJACENT),
        Shape(
            heads: 4, keyValueHeads: 1, headWidth: 32, ropeWidth: 32, kind: KERNEL_ROPE_HALVES,
            window: 12, hasHeadNorms: true),
        Shape(
            heads: 4, keyValueHeads: 2, headWidth: 16, ropeWidth: 16, kind: KERNEL_ROPE_HALVES,
            window: 33),
    ]

    struct Layout: CustomTestStringConvertible {
        let shape: Shape
        let format: CacheFormat
        var testDescription: String { "\(shape.testDescription), \(format)" }
    }

    static let layouts = shapes.flatMap { shape in
        CacheFormat.allCases.map { Layout(shape: shape, format: $0) }
    }

    /// A prompt's queries, keys and values, and what the kernels make of them.
    private struct Run {
        let queries: [Float]
        let keys: [Float]
        let values: [Float]
        let out: [Float]
    }

    @Test(
        "each position weighs what is before it by softmax",
        arguments: KernelVariant.available, layouts)
    func softmax(_ variant: KernelVariant, _ layout: Layout) throws {
        let (shape, count) = (layout.shape, 75)
        let run = try run(variant, layout, steps: [count])
        let width = shape.headWidth
        let (queryWidth, keyWidth) = (shape.heads * width, shape.keyValueHeads * width)
        for position in [0, 1, 31, 32, 63, 74] {
            for head in 0..<shape.heads {
                let query = rotated(
                    run.queries, position * queryWidth + head * width, position, shape, norm: 1)
                let shared = head / (shape.heads / shape.keyValueHeads) * width
                let first = shape.window > 0 ? max(0, position - shape.window + 1) : 0
                let weights = (first...position).map { earlier in
                    let key = rotated(
                        run.keys, earlier * keyWidth + shared, earlier, shape, norm: 2)
                    return exp(zip(query, key).reduce(0) { $0 + $1.0 * $1.1 } * 0.25)
                }
                let sum = weights.reduce(0, +)
                for i in 0..<width {
                    let expected = (first...position).reduce(0.0) {
                        $0 + weights[$1 - first] / sum
                            * Double(run.values[$1 * keyWidth + shared + i])
                    }
                    let value = Double(run.out[position * queryWidth + head * width + i])
                    let bound = layout.format == .float32 ? 2e-5 : 3e-2
                    try #require(abs(value - expected) <= bound, "position \(position)")
                }
            }
        }
    }

    @Test(
        "how a prompt is cut into steps does not change a bit",
        arguments: KernelVariant.available, layouts)
    func steps(_ variant: KernelVariant, _ layout: Layout) throws {
        let whole = try run(variant, layout, steps: [75])
        for steps in [Array(repeating: 1, count: 75), [40, 35], [3, 60, 12]] {
            let parts = try run(variant, layout, steps: steps)
            #expect(parts.out.map(\.bitPattern) == whole.out.map(\.bitPattern))
        }
    }

    /// Stores and attends 75 positions, so many per step.
    private func run(_ variant: KernelVariant, _ layout: Layout, steps: [Int]) throws -> Run {
        let bench = try #require(KernelBench(variant))
        let (shape, format) = (layout.shape, layout.format.rawValue)
        let count = steps.reduce(0, +)
        let width = shape.headWidth
        let (queryWidth, keyWidth) = (shape.heads * width, shape.keyValueHeads * width)
        let queries = bench.floats(count * queryWidth, range: 2)
        let keys = bench.floats(count * keyWidth, range: 2)
        let values = bench.floats(count * keyWidth)
        let given = Array(UnsafeBufferPointer(start: queries, count: count * queryWidth))
        let table = bench.zeros(count * shape.ropeWidth, Float.self)
        for position in 0..<count {
            for i in 0..<shape.ropeWidth / 2 {
                let angle = angle(position, i, shape)
                table[position * shape.ropeWidth + 2 * i] = Float(cos(angle))
                table[position * shape.ropeWidth + 2 * i + 1] = Float(sin(angle))
            }
        }
        let pageBytes = kernel_page_byte_count(format, Int32(shape.keyValueHeads), Int32(width))
        let pages = bench.zeros(8 * pageBytes, UInt8.self)
        // What another sequence left behind must not be seen.
        for i in 0..<8 * pageBytes { pages[i] = 0x71 }
        var attention = kernel_attention(
            format: format, heads: Int32(shape.heads), kv_heads: Int32(shape.keyValueHeads),
            head_width: Int32(width), rope_width: Int32(shape.ropeWidth),
            rope_kind: Int32(shape.kind.rawValue), scale: 0.25, window: Int32(shape.window),
            query_norm: shape.hasHeadNorms ? bench.copy(Self.normWeights(shape, 1)) : nil,
            key_norm: shape.hasHeadNorms ? bench.copy(Self.normWeights(shape, 2)) : nil,
            norm_epsilon: 1e-6, rope_table: table, pages: pages, page_byte_count: pageBytes)
        #expect(kernel_context_reserve(bench.context, Int64(count), Int32(width)))
        let pageTable: [Int32] = [7, 7, 6, 2, 5]
        let out = bench.zeros(count * queryWidth, Float.self)
        var first = 0
        for step in steps {
            let places = (first..<first + step).map {
                kernel_row(position: Int32($0), pages_first: 2)
            }
            let tiles = stride(from: 0, to: step, by: 8).map {
                kernel_tile(row: Int32($0), row_count: Int32(min(8, step - $0)))
            }
            kernel_attention_store(
                bench.context, &attention, Int64(step), places, pageTable,
                queries + first * queryWidth, keys + first * keyWidth, values + first * keyWidth)
            kernel_attention_attend(
                bench.context, &attention, Int64(tiles.count), tiles, places, pageTable,
                queries + first * queryWidth, out + first * queryWidth, Int64(first + step))
            first += step
        }
        return Run(
            queries: given, keys: Array(UnsafeBufferPointer(start: keys, count: count * keyWidth)),
            values: Array(UnsafeBufferPointer(start: values, count: count * keyWidth)),
            out: Array(UnsafeBufferPointer(start: out, count: count * queryWidth)))
    }

    private func angle(_ position: Int, _ pair: Int, _ shape: Shape) -> Double {
        Double(position) * pow(10_000, -2 * Double(pair) / Double(shape.ropeWidth))
    }

    /// Weights of the norm of queries (1) or keys (2).
    private static func normWeights(_ shape: Shape, _ which: Int) -> [Float] {
        (0..<shape.headWidth).map { 0.5 + Float($0 * which % 7) / 8 }
    }

    /// One head, normed if the shape says so, with its pairs turned by the angles of its
    /// position.
    private func rotated(
        _ values: [Float], _ start: Int, _ position: Int, _ shape: Shape, norm: Int
    ) -> [Double] {
        var head = values[start..<start + shape.headWidth].map(Double.init)
        if shape.hasHeadNorms {
            let mean = head.reduce(0) { $0 + $1 * $1 } / Double(head.count)
            let weights = Self.normWeights(shape, norm)
            for i in head.indices { head[i] *= Double(weights[i]) / (mean + 1e-6).squareRoot() }
        }
        for i in 0..<shape.ropeWidth / 2 {
            let isAdjacent = shape.kind == KERNEL_ROPE_ADJACENT
            let (a, b) = isAdjacent ? (2 * i, 2 * i + 1) : (i, i + shape.ropeWidth / 2)
            let angle = angle(position, i, shape)
            (head[a], head[b]) = (
                head[a] * cos(angle) - head[b] * sin(angle),
                head[a] * sin(angle) + head[b] * cos(angle)
            )
        }
        return head
    }
}
