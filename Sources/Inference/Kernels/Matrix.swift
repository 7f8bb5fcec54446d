import CKernels

/// Weights of shape (columns, depth), packed for the kernels: `columns` outputs of `depth`
/// inputs each, and what is added to the outputs.
struct Matrix: Sendable {
    let columns: Int
    let depth: Int
    /// (columns).
    let bias: Vector?
    private let type: ElementType
    private let memory: Buffer<UInt8>
    private let offset: Int

    /// Columns that are packed together.
    static let stripColumns = Int(KERNEL_STRIP_COLUMNS)

    /// Makes a part of `memory` a matrix; its weights are zero until they are packed.
    ///
    /// - Parameters:
    ///   - type: Element type the weights are packed from.
    ///   - columns: Outputs, at least 1.
    ///   - depth: Inputs; a whole number of the type's blocks.
    ///   - bias: Added to the outputs, one number for each.
    ///   - memory: Zeros.
    ///   - offset: Where the matrix begins in it, with room for ``byteCount(_:columns:depth:)``.
    init(
        type: ElementType, columns: Int, depth: Int, bias: Vector?, memory: Buffer<UInt8>,
        offset: Int
    ) {
        precondition(columns > 0 && depth > 0 && depth % type.elementsPerBlock == 0)
        precondition(bias.map { $0.count == columns } ?? true)
        precondition(
            memory.count - offset >= Self.byteCount(type, columns: columns, depth: depth))
        (self.type, self.columns, self.depth, self.bias) = (type, columns, depth, bias)
        (self.memory, self.offset) = (memory, offset)
    }

    /// Bytes of a packed matrix, a multiple of the kernels' alignment.
    static func byteCount(_ type: ElementType, columns: Int, depth: Int) -> Int {
        let count = kernel_matrix_byte_count(layout(type), Int64(columns), Int64(depth))
        let alignment = Int(KERNEL_ALIGNMENT)
        return (count + alignment - 1) / alignment * alignment
    }

    private var data: UnsafeMutablePointer<UInt8> { memory.base + offset }

    /// Whether the inputs are needed as 8-bit blocks, and not as floats.
    var takesBlocks: Bool { !kernel_layout_takes_floats(Self.layout(type)) }
    var byteCount: Int { Self.byteCount(type, columns: columns, depth: depth) }
    /// Bytes of `stripColumns` packed columns.
    var stripByteCount: Int {
        kernel_matrix_byte_count(
            Self.layout(type), Int64(KERNEL_STRIP_COLUMNS), Int64(depth))
    }

    /// Packs columns from rows as a file holds them; callers on several threads must pack
    /// different columns.
    ///
    /// - Parameters:
    ///   - range: Columns to pack; begins at a multiple of ``stripColumns`` and ends at one, or
    ///     at the last column.
    ///   - rows: One row of `depth` elements of the matrix's type for each, without gaps.
    /// - Returns: False when a weight is not finite.
    func pack(_ range: Range<Int>, from rows: UnsafeRawBufferPointer) -> Bool {
        let (rowByteCount, remainder) = rows.count.quotientAndRemainder(dividingBy: range.count)
        precondition(range.lowerBound % Self.stripColumns == 0 && range.upperBound <= columns)
        precondition(range.upperBound % Self.stripColumns == 0 || range.upperBound == columns)
        precondition(
            remainder == 0
                && rowByteCount == depth / type.elementsPerBlock * type.bytesPerBlock)
        guard let base = rows.baseAddress else { return false }
        let strips = (range.count + Self.stripColumns - 1) / Self.stripColumns
        return kernel_matrix_pack(
            Int32(type.kernelSource.rawValue), base, rowByteCount, Int64(range.count),
            Int64(depth), 0, Int64(strips),
            data + range.lowerBound / Self.stripColumns * stripByteCount)
    }

    /// The product of this matrix with the inputs it is given, written to rows `stride` apart.
    func product(
        into out: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool = false
    ) -> kernel_product {
        kernel_product(
            matrix: raw, out: out, stride: Int64(stride), bias: bias?.base, accumulate: accumulate)
    }

    /// The matrix without its bias; valid as long as this one lives.
    var raw: kernel_matrix {
        kernel_matrix(
            layout: Self.layout(type), columns: Int32(columns), depth: Int32(depth),
            data: data)
    }

    private static func layout(_ type: ElementType) -> Int32 {
        kernel_matrix_layout(Int32(type.kernelSource.rawValue))
    }
}
