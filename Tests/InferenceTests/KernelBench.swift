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
            sums: zeros(blocks), scaled_sums: zeros(blocks))
    }

    /// Inputs quantized by the variant, and what they stand for, (rows, depth).
    func quantize(
        _ x: UnsafePointer<Float>, rows: Int, depth: Int
    ) -> (activations: kernel_activations, values: [Double]) {
        var out = activations(rows: rows, depth: depth)
        kernel_gate(
            context, Int64(rows), Int64(depth), Int32(KERNEL_ACTIVATION_NONE.rawValue), x, nil, nil,
            &out)
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

/// A random matrix as a file holds it, packed, and as plain numbers.
struct KernelMatrixSample {
    let matrix: kernel_matrix
    /// The unpacked numbers, (columns, depth).
    let values: [Float]

    static let sources: [kernel_source] = [
        KERNEL_SOURCE_F32, KERNEL_SOURCE_F16, KERNEL_SOURCE_BF16, KERNEL_SOURCE_Q4_0,
        KERNEL_SOURCE_Q4_1, KERNEL_SOURCE_Q8_0,
    ]

    /// Makes one; with `isExtreme`, quants are all at the ends of their range.
    init?(
        _ source: kernel_source, columns: Int, depth: Int, isExtreme: Bool = false,
        bench: KernelBench
    ) {
        let (count, bytes, header) =
            switch source {
            case KERNEL_SOURCE_F32: (1, 4, 0)
            case KERNEL_SOURCE_F16, KERNEL_SOURCE_BF16: (1, 2, 0)
            case KERNEL_SOURCE_Q4_0: (32, 18, 2)
            case KERNEL_SOURCE_Q4_1: (32, 20, 4)
            default: (32, 34, 2)
            }
        let rowBytes = depth / count * bytes
        let raw = bench.zeros(columns * rowBytes, UInt8.self)
        let bytesOfRows = UnsafeMutableRawPointer(raw)
        for block in 0..<columns * depth / count {
            let start = block * bytes
            for byte in header..<max(header, bytes) where count == 32 {
                raw[start + byte] =
                    isExtreme
                    ? [0x00, 0xff, 0x80, 0x7f][Int(bench.random() % 4)]
                    : UInt8(truncatingIfNeeded: bench.random() >> 20)
            }
            for half in stride(from: 0, to: header, by: 2) {
                let scale = Float16(bench.random(0.1))
                bytesOfRows.storeBytes(
                    of: scale.bitPattern, toByteOffset: start + half, as: UInt16.self)
            }
            guard count == 1 else { continue }
            let value = bench.random(1)
            switch source {
            case KERNEL_SOURCE_F32:
                bytesOfRows.storeBytes(of: value, toByteOffset: start, as: Float.self)
            case KERNEL_SOURCE_F16:
                bytesOfRows.storeBytes(
                    of: Float16(value).bitPattern, toByteOffset: start, as: UInt16.self)
            default:
                bytesOfRows.storeBytes(
                    of: UInt16(value.bitPattern >> 16), toByteOffset: start, as: UInt16.self)
            }
        }
        let type = Int32(source.rawValue)
        let layout = kernel_matrix_layout(type)
        let packed = bench.zeros(
            kernel_matrix_byte_count(layout, Int64(columns), Int64(depth)), UInt8.self)
        let strips = Int64((columns + 15) / 16)
        guard
            kernel_matrix_pack(
                type, raw, rowBytes, Int64(columns), Int64(depth), 0, strips, packed)
        else { return nil }
        matrix = kernel_matrix(
            layout: layout, columns: Int32(columns), depth: Int32(depth), data: packed)
        let expanded = bench.zeros(columns * depth, Float.self)
        for column in 0..<columns {
            kernel_row_expand(
                type, raw + column * rowBytes, Int64(depth), expanded + column * depth)
        }
        values = Array(UnsafeBufferPointer(start: expanded, count: columns * depth))
    }
}
