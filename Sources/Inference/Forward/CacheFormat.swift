import CKernels

/// How keys and values are kept.
///
/// The raw value is the kernels' name for it.
package enum CacheFormat: Int32, CaseIterable, Sendable {
    /// 8 bits each and one scale for 32 of them: little more than a quarter of the memory, and fast.
    case int8 = 0
    /// 32-bit floats, to compare with.
    case float32 = 1
}
