import CKernels
import Foundation
import Inference
import Testing

/// The steps of the forward pass that work row by row, against double precision.
@Suite("Kernel rows")
struct KernelRowTests {
    @Test("a row of a file expands to the recorded numbers")
    func expansion() throws {
        let rows: [ReferenceVectors.Row] = try ReferenceVectors.lines("tiny/dequant.jsonl")
        #expect(rows.count == 40)
        for row in rows {
            let path = ReferenceVectors.folder.appending(path: "tiny/\(row.file)").path
            let file = try ModelFile(path: path)
            let tensor = try #require(file.tensors[row.tensor])
            let type = Int32(tensor.type.kernelSource.rawValue)
            let bytes = file.bytes(of: tensor)
            let base = try #require(bytes.baseAddress)
            let rowCount = tensor.shape.dropFirst().reduce(1, *)
            var values = [Float](repeating: .nan, count: tensor.shape[0])
            kernel_row_expand(
                type, base + row.row * (bytes.count / rowCount), Int64(values.count), &values)
            #expect(values.count == row.values.count)
            for (value, expected) in zip(values, row.values) {
                #expect(abs(value - expected) <= 1e-6 * max(1, abs(expected)))
            }
        }
    }

    @Test(
        "quantizing rounds to the nearest of 255 steps of the greatest in its block",
        arguments: KernelVariant.available)
    func quantizing(_ variant: KernelVariant) throws {
        let bench = try #require(KernelBench(variant))
        let (rows, depth) = (19, 96)
        for range: Float in [0, 1e-38, 1e-3, 1, 1e30] {
            let x = bench.floats(rows * depth, range: range)
            let values = bench.quantize(x, rows: rows, depth: depth).values
            for block in 0..<rows * depth / 32 {
                let elements = block * 32..<block * 32 + 32
                let greatest = elements.map { abs(Double(x[$0])) }.max() ?? 0
                for i in elements {
                    // Blocks below 1e-30 count as zero.
                    #expect(abs(values[i] - Double(x[i])) <= greatest / 254 * 1.001 + 1e-30)
                }
            }
        }
    }

    @Test("a norm scales a row to mean square one", arguments: KernelVariant.available)
    func norm(_ variant: KernelVariant) throws {
        let bench = try #require(KernelBench(variant))
        for (rows, width) in [(1, 32), (9, 576), (3, 45)] {
            let x = bench.floats(rows * width, range: 30)
            let weight = bench.floats(width)
            let out = bench.zeros(rows * width, Float.self)
            kernel_norm(bench.context, Int64(rows), Int64(width), x, weight, 1e-5, out, nil)
            for row in 0..<rows {
                let squares = (0..<width).reduce(0.0) { $0 + pow(Double(x[row * width + $1]), 2) }
                let factor = 1 / (squares / Double(width) + 1e-5).squareRoot()
                for i in 0..<width {
                    let expected = Double(x[row * width + i]) * factor * Double(weight[i])
                    #expect(abs(Double(out[row * width + i]) - expected) <= 1e-5)
                }
            }
        }
    }

    @Test("a norm is added to what is there", arguments: KernelVariant.available)
    func normAdd(_ variant: KernelVariant) throws {
        let bench = try #require(KernelBench(variant))
        let (rows, width) = (9, 91)
        let x = bench.floats(rows * width, range: 3)
        let weight = bench.floats(width)
        let alone = bench.zeros(rows * width, Float.self)
        let sums = bench.floats(rows * width)
        let before = Array(UnsafeBufferPointer(start: sums, count: rows * width))
        kernel_norm(bench.context, Int64(rows), Int64(width), x, weight, 1e-6, alone, nil)
        kernel_norm_add(bench.context, Int64(rows), Int64(width), x, weight, 1e-6, sums)
        for i in 0..<rows * width { #expect(sums[i] == before[i] + alone[i]) }
    }

    @Test("logits are capped smoothly", arguments: KernelVariant.available)
    func softcap(_ variant: KernelVariant) throws {
        let bench = try #require(KernelBench(variant))
        let (rows, width) = (3, 75)
        let values = bench.floats(rows * width, range: 60)
        let before = Array(UnsafeBufferPointer(start: values, count: rows * width))
        kernel_softcap(bench.context, Int64(rows), Int64(width), 6, values)
        for i in 0..<rows * width {
            #expect(abs(Double(values[i]) - 6 * tanh(Double(before[i]) / 6)) <= 3e-6)
        }
    }

    @Test(
        "the first of the greatest logits is chosen, and none when one is not finite",
        arguments: KernelVariant.available)
    func argmax(_ variant: KernelVariant) throws {
        let bench = try #require(KernelBench(variant))
        let width = 347
        let strange: [(Int, Float)] = [(0, .nan), (346, .infinity), (17, -.infinity)]
        let logits = bench.floats(5 * width)
        (logits[20], logits[300]) = (7, 7)
        logits[width + 346] = 7
        for (row, (index, value)) in strange.enumerated() {
            logits[(row + 2) * width + index] = value
        }
        var choices = [Int32](repeating: 0, count: 5)
        kernel_argmax(bench.context, 5, Int64(width), logits, &choices)
        #expect(choices == [20, 346, -1, -1, -1])
    }

    @Test("the logarithm of the sum of exponentials", arguments: KernelVariant.available)
    func logSum(_ variant: KernelVariant) throws {
        let bench = try #require(KernelBench(variant))
        let (rows, width) = (6, 4999)
        let logits = bench.floats(rows * width, range: 40)
        var sums = [Double](repeating: 0, count: rows)
        kernel_log_sum_exp(bench.context, Int64(rows), Int64(width), logits, &sums)
        for row in 0..<rows {
            let expected = log(
                (0..<width).reduce(0.0) { $0 + exp(Double(logits[row * width + $1])) })
            #expect(abs(sums[row] - expected) <= 2e-6)
        }
    }
}
