import CKernels

/// Weights of shape (columns, depth), packed for the kernels: `columns` outputs of `depth`
/// inputs each.
struct Matrix: Sendable {
    let columns: Int
    let depth: Int
    private let layout: Int32
    private let data: Buffer<UInt8>

    /// Whether the inputs are needed as 8-bit blocks, and not as floats.
    var takesBlocks: Bool { layout != KERNEL_LAYOUT_F32.rawValue }
    var byteCount: Int { data.count }

    /// Packs the rows of a tensor of shape `[depth, columns]`.
    ///
    /// - Parameters:
    ///   - source: Element type in the file.
    ///   - rows: `columns` rows without gaps, read during the call only.
    ///   - columns: Outputs.
    ///   - depth: Inputs; a multiple of 32 for block types.
    /// - Throws: ``ModelError/outOfMemory(byteCount:)``; nil result when a weight is not finite.
    init?(
        source: kernel_source, rows: UnsafeRawBufferPointer, columns: Int, depth: Int
    ) throws(ModelError) {
        precondition(columns > 0 && depth > 0 && rows.count % columns == 0)
        guard let base = rows.baseAddress else { return nil }
        let type = Int32(source.rawValue)
        layout = kernel_matrix_layout(type)
        let byteCount = kernel_matrix_byte_count(layout, Int64(columns), Int64(depth))
        data = try Buffer(byteCount)
        self.columns = columns
        self.depth = depth
        let strips = (columns + Int(KERNEL_STRIP_COLUMNS) - 1) / Int(KERNEL_STRIP_COLUMNS)
        let isFinite = kernel_matrix_pack(
            type, base, rows.count / columns, Int64(columns), Int64(depth), 0, Int64(strips),
            data.base)
        guard isFinite else { return nil }
    }

    /// The product of this matrix with the inputs it is given, written to rows `stride` apart.
    func product(
        into out: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool = false
    ) -> kernel_product {
        kernel_product(
            matrix: kernel_matrix(
                layout: layout, columns: Int32(columns), depth: Int32(depth), data: data.base),
            out: out, stride: Int64(stride), accumulate: accumulate)
    }
}
