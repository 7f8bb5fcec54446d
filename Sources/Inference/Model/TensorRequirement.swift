/// A tensor that an architecture reads, with the shape its hyperparameters call for.
package struct TensorRequirement: Equatable, Sendable {
    package let name: String
    /// Sizes with the contiguous one first, as in ``TensorInfo/shape``.
    package let shape: [Int]
    /// Whether a model may do without it.
    package let isOptional: Bool
    /// Whether it must be stored as F32: norms and tables, which are small and read exactly.
    package let isExact: Bool

    package init(_ name: String, _ shape: [Int], isOptional: Bool = false, isExact: Bool = false) {
        (self.name, self.shape) = (name, shape)
        (self.isOptional, self.isExact) = (isOptional, isExact)
    }
}
