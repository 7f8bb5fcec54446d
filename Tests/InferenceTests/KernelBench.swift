import CKernels
import Inference

/// Memory and a team of threads to try kernels with; freed with it.
final class KernelBench {
    let context: OpaquePointer
    private var buffers: [UnsafeMutableRawPointer] = []
    private var seed: UInt64

    init?(_ variant: KernelVariant, threads: Int32 = 2, seed: UInt64 = 1) {
        guard let context = kernel_context_create(variant.rawValue, threads, false) else {
            return nil
        }
        self.context = context
        self.seed = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    deinit {
        kernel_context_destroy(context)
        for buffer in buffers { buffer.deallocate() }
    }

    func zeros<T: BitwiseCopyable>(_ count: Int, _ type: T.Type = T.self) -> UnsafeMutablePointer<T>
    {
        let byteCount = max(1, count) * MemoryLayout<T>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: byteCount + 64, alignment: 64)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount + 64)
        buffers.append(raw)
        return raw.bindMemory(to: T.self, capacity: count)
    }

    func random() -> UInt64 {
        seed ^= seed << 13
        seed ^= seed >> 7
        seed ^= seed << 17
        return seed
    }

    /// Uniform in `-range...range`.
    func random(_ range: Float) -> Float {
        (Float(random() >> 40) / Float(1 << 24) * 2 - 1) * range
    }

    func floats(_ count: Int, range: Float = 1) -> UnsafeMutablePointer<Float> {
        let values = zeros(count, Float.self)
        for index in 0..<count { values[index] = random(range) }
        return values
    }

    func copy(_ values: [Float]) -> UnsafeMutablePointer<Float> {
        let copy = zeros(values.count, Float.self)
        copy.update(from: values, count: values.count)
        return copy
    }

    func activations(rows: Int, depth: Int) -> kernel_activations {
        let blocks = rows * depth / 32
        return kernel_activations(
            rows: Int64(rows), depth: Int64(depth), quants: zeros(blocks * 32),
            scales: zeros(blocks),
            sums: zeros(blocks), half_sums: zeros(blocks), scaled_sums: zeros(blocks))
    }

    /// Inputs quantized by the variant, and what they stand for, (rows, depth).
    func quantize(
        _ x: UnsafePointer<Float>, rows: Int, depth: Int
    ) -> (activations: kernel_activations, values: [Double]) {
        var out = activations(rows: rows, depth: depth)
        kernel_quantize(context, x, &out)
        var values = [Double](repeating: 0, count: rows * depth)
        let blocks = depth / 32
        for row in 0..<rows {
            let first = row / 8 * 8
            let panelRows = min(8, rows - first)
            for block in 0..<blocks {
                let index = first * blocks + block * panelRows + row - first
                for element in 0..<32 {
                    values[row * depth + block * 32 + element] =
                        Double(out.quants[index * 32 + element]) * Double(out.scales[index])
                }
            }
        }
        return (out, values)
    }
}
