import CKernels

extension ElementType {
    /// The kernels' name for this type, nil for one they cannot read.
    var kernelSource: kernel_source? {
        switch self {
        case .f32: KERNEL_SOURCE_F32
        case .f16: KERNEL_SOURCE_F16
        case .bf16: KERNEL_SOURCE_BF16
        case .q4_0: KERNEL_SOURCE_Q4_0
        case .q4_1: KERNEL_SOURCE_Q4_1
        case .q8_0: KERNEL_SOURCE_Q8_0
        case .q5_0, .q5_1, .q4_k, .q5_k, .q6_k: nil
        }
    }

    /// The element types the engine can compute with.
    package static var computable: [ElementType] { allCases.filter { $0.kernelSource != nil } }
}
