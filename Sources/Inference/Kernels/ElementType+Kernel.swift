package import CKernels

extension ElementType {
    /// The kernels' name for this type.
    package var kernelSource: kernel_source {
        switch self {
        case .f32: KERNEL_SOURCE_F32
        case .f16: KERNEL_SOURCE_F16
        case .bf16: KERNEL_SOURCE_BF16
        case .q4_0: KERNEL_SOURCE_Q4_0
        case .q4_1: KERNEL_SOURCE_Q4_1
        case .q5_0: KERNEL_SOURCE_Q5_0
        case .q5_1: KERNEL_SOURCE_Q5_1
        case .q8_0: KERNEL_SOURCE_Q8_0
        case .q4_k: KERNEL_SOURCE_Q4_K
        case .q5_k: KERNEL_SOURCE_Q5_K
        case .q6_k: KERNEL_SOURCE_Q6_K
        }
    }
}
