import CKernels

/// An implementation of the kernels for one instruction set.
///
/// Variants agree within rounding, not bit for bit; one machine always picks the same.
package enum KernelVariant: Int32, CaseIterable, Sendable, CustomStringConvertible {
    case portable = 0
    case avx2 = 1
    case avx512 = 2

    /// The fastest this processor can run.
    package static var best: KernelVariant {
        KernelVariant(rawValue: kernel_variant_best()) ?? .portable
    }

    /// Those this processor can run.
    package static var available: [KernelVariant] { allCases.filter(\.isAvailable) }

    package var isAvailable: Bool { kernel_variant_is_available(rawValue) }

    package var description: String { String(cString: kernel_variant_name(rawValue)) }
}
