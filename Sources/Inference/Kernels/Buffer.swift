import CKernels

/// Memory for kernels: aligned, zero at first, without cost until it is touched, freed once.
///
/// The size is checked where a buffer is made; what is read and written through ``base`` is the
/// caller's care.
final class Buffer<Element: BitwiseCopyable>: Sendable {
    nonisolated(unsafe) let base: UnsafeMutablePointer<Element>
    let count: Int
    let byteCount: Int

    /// Reserves room for the product of `sizes` elements.
    ///
    /// - Parameter sizes: Sizes of the dimensions, none negative.
    /// - Throws: ``ModelError/outOfMemory(byteCount:)`` when the product is absurd or refused.
    init(_ sizes: Int...) throws(ModelError) {
        var byteCount = MemoryLayout<Element>.stride
        for size in sizes {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: size)
            guard !overflow, size >= 0 else { throw .outOfMemory(byteCount: .max) }
            byteCount = product
        }
        guard let raw = kernel_memory_allocate(byteCount) else {
            throw .outOfMemory(byteCount: byteCount)
        }
        self.byteCount = byteCount
        count = byteCount / MemoryLayout<Element>.stride
        base = raw.bindMemory(to: Element.self, capacity: count)
    }

    deinit { kernel_memory_free(base, byteCount) }
}
