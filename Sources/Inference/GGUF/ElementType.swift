/// How a tensor's numbers are stored; the raw value is the type's id in a GGUF file.
///
/// Quantised types store rows in blocks that share a scale, so a row's length is a multiple of
/// ``elementsPerBlock``.
///
/// Source: GGUF v3, `ggml_type`; block layouts of ggml's `ggml-common.h`.
package enum ElementType: UInt32, CaseIterable, Sendable {
    case f32 = 0
    case f16 = 1
    case q4_0 = 2
    case q4_1 = 3
    case q5_0 = 6
    case q5_1 = 7
    case q8_0 = 8
    case q4_k = 12
    case q5_k = 13
    case q6_k = 14
    case bf16 = 30

    /// Elements that share one block.
    package var elementsPerBlock: Int {
        switch self {
        case .f32, .f16, .bf16: 1
        case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0: 32
        case .q4_k, .q5_k, .q6_k: 256
        }
    }

    /// Size of one block.
    package var bytesPerBlock: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        case .q4_0: 18
        case .q4_1: 20
        case .q5_0: 22
        case .q5_1: 24
        case .q8_0: 34
        case .q4_k: 144
        case .q5_k: 176
        case .q6_k: 210
        }
    }
}
