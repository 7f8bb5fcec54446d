import CKernels

/// Room for the inputs of a multiplication as 8-bit blocks, filled anew for each product.
struct Activations: Sendable {
    private let quants: Buffer<Int8>
    private let scales: Buffer<Float>
    private let sums: Buffer<Int32>
    private let halfSums: Buffer<Int32>
    private let scaledSums: Buffer<Float>
    private let rowsMax: Int
    private let depthMax: Int

    init(rows: Int, depth: Int) throws(ModelError) {
        (rowsMax, depthMax) = (rows, depth)
        let blocks = depth / Int(KERNEL_BLOCK_ELEMENTS) + 1
        quants = try Buffer(rows, blocks, Int(KERNEL_BLOCK_ELEMENTS))
        scales = try Buffer(rows, blocks)
        sums = try Buffer(rows, blocks)
        halfSums = try Buffer(rows, blocks)
        scaledSums = try Buffer(rows, blocks)
    }

    /// The kernels' view for inputs of shape (rows, depth).
    func view(rows: Int, depth: Int) -> kernel_activations {
        precondition(rows <= rowsMax && depth <= depthMax)
        return kernel_activations(
            rows: Int64(rows), depth: Int64(depth), quants: quants.base, scales: scales.base,
            sums: sums.base, half_sums: halfSums.base, scaled_sums: scaledSums.base)
    }

    var byteCount: Int {
        quants.byteCount + scales.byteCount + sums.byteCount + halfSums.byteCount
            + scaledSums.byteCount
    }
}
