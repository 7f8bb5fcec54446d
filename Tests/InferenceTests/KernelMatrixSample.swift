import CKernels
import Inference

/// A random matrix as a file holds it, packed, and as plain numbers.
struct KernelMatrixSample {
    let type: ElementType
    let matrix: kernel_matrix
    /// The unpacked numbers, (columns, depth).
    let values: [Float]

    /// Byte positions of the 16-bit floats in a block.
    static func halves(_ type: ElementType) -> [Int] {
        switch type {
        case .f32, .f16, .bf16: []
        case .q4_0, .q5_0, .q8_0: [0]
        case .q4_1, .q5_1, .q4_k, .q5_k: [0, 2]
        case .q6_k: [208]
        }
    }

    var takesFloats: Bool { Self.halves(type).isEmpty }

    /// Makes one, its depth raised to a whole number of blocks.
    ///
    /// With `isExtreme`, quants are all at the ends of their range.
    init?(
        _ type: ElementType, columns: Int, depth: Int, isExtreme: Bool = false,
        bench: KernelBench
    ) {
        let (count, bytes) = (type.elementsPerBlock, type.bytesPerBlock)
        let depth = (depth + count - 1) / count * count
        let rowBytes = depth / count * bytes
        let raw = bench.zeros(columns * rowBytes, UInt8.self)
        for block in 0..<columns * depth / count {
            let start = block * bytes
            if count == 1 {
                Self.store(bench.random(1), as: type, at: raw + start)
                continue
            }
            for byte in start..<start + bytes {
                raw[byte] =
                    isExtreme
                    ? [0x00, 0xff, 0x80, 0x7f][Int(bench.random() % 4)]
                    : UInt8(truncatingIfNeeded: bench.random() >> 20)
            }
            for half in Self.halves(type) {
                Self.store(bench.random(0.1), as: .f16, at: raw + start + half)
            }
        }
        let source = Int32(type.kernelSource.rawValue)
        let layout = kernel_matrix_layout(source)
        let packed = bench.zeros(
            kernel_matrix_byte_count(layout, Int64(columns), Int64(depth)), UInt8.self)
        let strips = Int64((columns + 15) / 16)
        guard
            kernel_matrix_pack(
                source, raw, rowBytes, Int64(columns), Int64(depth), 0, strips, packed)
        else { return nil }
        self.type = type
        matrix = kernel_matrix(
            layout: layout, columns: Int32(columns), depth: Int32(depth), data: packed)
        let expanded = bench.zeros(columns * depth, Float.self)
        for column in 0..<columns {
            kernel_row_expand(
                source, raw + column * rowBytes, Int64(depth), expanded + column * depth)
        }
        values = Array(UnsafeBufferPointer(start: expanded, count: columns * depth))
    }

    private static func store(
        _ value: Float, as type: ElementType, at place: UnsafeMutablePointer<UInt8>
    ) {
        let raw = UnsafeMutableRawPointer(place)
        switch type {
        case .f32: raw.storeBytes(of: value, as: Float.self)
        case .bf16: raw.storeBytes(of: UInt16(value.bitPattern >> 16), as: UInt16.self)
        default: raw.storeBytes(of: Float16(value).bitPattern, as: UInt16.self)
        }
    }
}
