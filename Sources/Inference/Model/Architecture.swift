/// A family of transformers that docket can run: its name in GGUF files, and what sets it apart
/// from the others.
///
/// Everything that computes reads these traits and never the name, so that another family is
/// another row of ``all``.
///
/// Source: the model classes of llama.cpp, and the papers they name.
package struct Architecture: Equatable, Sendable {
    /// Which elements of a head rotate together: neighbours, or those half a rotation apart.
    enum RopePairing { case adjacent, halves }

    /// What the gate of a feed-forward layer goes through: x * sigmoid(x), or the tanh form of
    /// GELU.
    enum Activation { case silu, gelu }

    /// Which projections add a bias to their outputs.
    enum Biases {
        case none
        /// Queries, keys and values.
        case attentionInputs
        /// Whichever the file has one for.
        case optional
    }

    /// Which divisors of the rotations' frequencies a file may hold.
    enum RopeDivisors {
        case none
        case single
        /// One set for contexts up to the original length, another beyond it.
        case shortAndLong
    }

    package let name: String
    let ropePairing: RopePairing
    var ropeDivisors = RopeDivisors.none
    var biases = Biases.none
    var activation = Activation.silu
    /// Whether each head of queries and keys is normed before it rotates.
    var hasHeadNorms = false
    /// Whether what attention and feed-forward add to the residual stream is normed first.
    var hasPostNorms = false
    /// Whether queries, keys and values are one tensor, and gate and up another.
    var hasFusedTensors = false
    /// Whether embeddings are multiplied by the square root of their width.
    var scalesEmbeddings = false
    /// Every how many layers one sees the whole context where the file does not say so; nil:
    /// a window that the file states is ignored, as its publishers do.
    var globalLayerPeriod: Int?
    /// The number of layers of the one size whose queries are scaled by the heads' share of the
    /// width, and not by the heads' own.
    var widthScaledLayerCount: Int?

    /// The families docket can run.
    package static let all = [
        // Llama 3, Mistral 7B, SmolLM2, TinyLlama.
        Architecture(
            name: "llama", ropePairing: .adjacent, ropeDivisors: .single, biases: .optional),
        // Qwen 2 and 2.5.
        Architecture(name: "qwen2", ropePairing: .halves, biases: .attentionInputs),
        Architecture(name: "qwen3", ropePairing: .halves, hasHeadNorms: true),
        // The text part of Gemma 3; 62 layers are the 27B.
        Architecture(
            name: "gemma3", ropePairing: .halves, activation: .gelu, hasHeadNorms: true,
            hasPostNorms: true, scalesEmbeddings: true, globalLayerPeriod: 6,
            widthScaledLayerCount: 62),
        // Phi 3, 3.5 and 4 mini.
        Architecture(
            name: "phi3", ropePairing: .halves, ropeDivisors: .shortAndLong,
            hasFusedTensors: true),
    ]

    /// The family of that name, nil for one docket does not have.
    static func named(_ name: String) -> Architecture? { all.first { $0.name == name } }
}
