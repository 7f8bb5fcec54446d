/// Where a tensor lies in its file, and how to read it.
package struct TensorInfo: Equatable, Sendable {
    package let name: String
    /// Sizes with the contiguous one first.
    ///
    /// `[K, N]` is N rows of K elements. There are one to four, each at least 1.
    package let shape: [Int]
    package let type: ElementType
    /// Which file of a split model holds it, counted from 0.
    package let part: Int
    /// Byte position of the first element, counted from the beginning of that file.
    package let offset: Int
    package let byteCount: Int

    /// Bytes of a tensor with this shape and type.
    ///
    /// - Returns: Nil when a size is not positive, a row is no whole number of blocks, or the
    ///   count does not fit into `Int`.
    package static func byteCount(shape: [Int], type: ElementType) -> Int? {
        guard let row = shape.first, row > 0, row % type.elementsPerBlock == 0 else { return nil }
        var count = row / type.elementsPerBlock
        for factor in shape.dropFirst() + [type.bytesPerBlock] {
            let (product, overflow) = count.multipliedReportingOverflow(by: factor)
            guard factor > 0, !overflow else { return nil }
            count = product
        }
        return count
    }
}
