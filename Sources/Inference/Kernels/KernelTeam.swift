import CKernels

/// The threads that run kernels, and the instruction set they run them with.
///
/// One thread at a time may hand out work.
final class KernelTeam: Sendable {
    nonisolated(unsafe) let raw: OpaquePointer
    private let threads: Int

    /// Starts `threads - 1` threads; the caller of a kernel is the remaining one.
    ///
    /// - Parameters:
    ///   - variant: An instruction set this processor has.
    ///   - threads: At least 1.
    ///   - isBackground: Whether the threads yield to everything else on the machine.
    /// - Throws: ``ModelError/cannotStart(threads:variant:)``.
    init(variant: KernelVariant, threads: Int, isBackground: Bool) throws(ModelError) {
        guard let count = Int32(exactly: threads),
            let raw = kernel_context_create(variant.rawValue, count, isBackground)
        else { throw .cannotStart(threads: threads, variant: variant) }
        (self.raw, self.threads) = (raw, threads)
    }

    /// Reserves what attention over so many positions needs.
    func reserve(positions: Int, headWidth: Int) throws(ModelError) {
        guard kernel_context_reserve(raw, Int64(positions), Int32(headWidth)) else {
            throw .outOfMemory(
                byteCount: Self.reserveByteCount(
                    threads: threads, positions: positions, headWidth: headWidth))
        }
    }

    /// Bytes that ``reserve(positions:headWidth:)`` takes for so many threads.
    static func reserveByteCount(threads: Int, positions: Int, headWidth: Int) -> Int {
        Int(
            kernel_reserve_byte_count(
                Int32(clamping: threads), Int64(positions), Int32(headWidth)))
    }

    deinit { kernel_context_destroy(raw) }
}
