import CKernels
import COpenBLAS

/// What an adapter adds to one tensor: factor * b * a, of shape (columns, depth).
///
/// Source: Hu et al., LoRA, arXiv:2106.09685.
struct LowRankPair: Sendable {
    /// Path of the adapter's file, for error messages.
    let path: String
    /// (rank, depth).
    let a: Vector
    /// (columns, rank).
    let b: Vector
    let rank: Int
    let factor: Float

    /// The type that the sum is packed from: what was stored in blocks is quantized anew, with
    /// 8 bits, so that little of what is added gets lost.
    static func mergedType(_ type: ElementType) -> ElementType {
        type.elementsPerBlock == 1 ? .f32 : .q8_0
    }

    /// Adds the pair's rows to rows of the tensor.
    ///
    /// The product runs on the calling thread alone, so its bits do not depend on the machine's
    /// cores.
    ///
    /// - Parameters:
    ///   - rows: Rows of the tensor as its file holds them, without gaps.
    ///   - type: Their element type.
    ///   - depth: Elements of a row.
    ///   - first: Index of the first row in the tensor.
    ///   - count: Number of rows.
    ///   - body: Given the sums, as rows of the merged type.
    /// - Returns: What `body` returns.
    func merge(
        _ rows: UnsafeRawBufferPointer, of type: ElementType, depth: Int, first: Int, count: Int,
        _ body: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        precondition((first + count) * rank <= b.count && rank * depth <= a.count)
        guard let base = rows.baseAddress else { return false }
        var sums = [Float](repeating: 0, count: count * depth)
        return sums.withUnsafeMutableBufferPointer { sums in
            guard let sum = sums.baseAddress else { return false }
            let source = Int32(type.kernelSource.rawValue)
            kernel_row_expand(source, base, Int64(count * depth), sum)
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(count), Int32(depth),
                Int32(rank), factor, b.base + first * rank, Int32(rank), a.base, Int32(depth), 1,
                sum, Int32(depth))
            guard Self.mergedType(type) == .q8_0 else {
                return body(UnsafeRawBufferPointer(sums))
            }
            let blocks = count * depth / ElementType.q8_0.elementsPerBlock
            var quantized = [UInt8](
                repeating: 0, count: blocks * ElementType.q8_0.bytesPerBlock)
            return quantized.withUnsafeMutableBytes { quantized in
                guard let to = quantized.baseAddress else { return false }
                kernel_row_quantize(sum, Int64(count * depth), to)
                return body(UnsafeRawBufferPointer(quantized))
            }
        }
    }
}
