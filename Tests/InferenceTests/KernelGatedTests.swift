import CKernels
import Foundation
import Inference
import Testing

/// The gated product against its two products taken one by one.
@Suite("Kernel gated")
struct KernelGatedTests {
    @Test(
        "a gated product is the activated gate times the other product",
        arguments: KernelVariant.available, [KERNEL_ACTIVATION_SILU, KERNEL_ACTIVATION_GELU])
    func products(_ variant: KernelVariant, _ activation: kernel_activation) throws {
        let bench = try #require(KernelBench(variant))
        for (gateType, upType) in [(ElementType.q4_1, ElementType.q8_0), (.f16, .f32)] {
            for (columns, rows) in [(96, 1), (160, 9), (32, 130), (33, 5), (15, 17)] {
                try check(
                    bench, activation, gateType, upType, columns: columns, depth: 64, rows: rows)
            }
        }
    }

    private func check(
        _ bench: KernelBench, _ activation: kernel_activation, _ gateType: ElementType,
        _ upType: ElementType, columns: Int, depth: Int, rows: Int
    ) throws {
        let gate = try #require(
            KernelMatrixSample(gateType, columns: columns, depth: depth, bench: bench))
        let up = try #require(
            KernelMatrixSample(upType, columns: columns, depth: depth, bench: bench))
        let x = bench.floats(rows * depth, range: 4)
        var (inputs, _) = bench.quantize(x, rows: rows, depth: depth)
        let biases = (bench.floats(columns), bench.floats(columns))
        let parts = [(gate.matrix, biases.0), (up.matrix, biases.1)].map { matrix, bias in
            let out = bench.zeros(rows * columns, Float.self)
            let product = kernel_product(
                matrix: matrix, out: out, stride: Int64(columns), bias: bias, accumulate: false)
            kernel_multiply(bench.context, Int64(rows), x, &inputs, [product], 1)
            return out
        }
        let out = bench.zeros(rows * columns, Float.self)
        var blocks = bench.activations(rows: rows, depth: columns)
        let hasBlocks = columns.isMultiple(of: 32)
        withUnsafePointer(to: &blocks) { blocks in
            var gated = kernel_gated(
                gate: gate.matrix, up: up.matrix, gate_bias: biases.0, up_bias: biases.1,
                activation: Int32(activation.rawValue), floats: out,
                quantized: hasBlocks ? blocks : nil)
            kernel_multiply_gated(bench.context, Int64(rows), x, &inputs, &gated)
        }
        for i in 0..<rows * columns {
            let expected = activated(Double(parts[0][i]), activation) * Double(parts[1][i])
            try #require(
                abs(Double(out[i]) - expected) <= 3e-6 * abs(expected) + 1e-6,
                "\(gateType), \(rows) rows of \(columns), element \(i)")
        }
        guard hasBlocks else { return }
        let (again, _) = bench.quantize(out, rows: rows, depth: columns)
        for i in 0..<rows * columns { try #require(blocks.quants[i] == again.quants[i]) }
        for i in 0..<rows * columns / 32 {
            try #require(blocks.scales[i] == again.scales[i])
            try #require(blocks.half_sums[i] == again.half_sums[i])
            try #require(blocks.sums[i] == again.sums[i])
        }
    }

    private func activated(_ x: Double, _ activation: kernel_activation) -> Double {
        guard activation == KERNEL_ACTIVATION_GELU else { return x / (1 + exp(-x)) }
        return x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    }
}
