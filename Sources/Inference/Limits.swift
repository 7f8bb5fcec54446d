/// The upper bounds of everything a model file can ask for.
///
/// A file that exceeds one is refused with a ``ModelError`` that names the bound. The bounds are
/// several times what the largest published models of the supported architectures need.
package enum Limits {
    /// Bytes of header, metadata and tensor table together.
    package static let metadataBytes = 256 << 20
    /// Files of a split model.
    package static let parts = 1...1024
    /// Bytes of one metadata key.
    package static let keyBytes = 64 << 10
    /// Entries of the metadata.
    package static let keys = 65_536
    /// Tensors of a model, in all of its files.
    package static let tensors = 65_536
    /// Bytes of a tensor's name.
    package static let tensorNameBytes = 256
    /// Dimensions of a tensor.
    package static let dimensions = 4
    /// `general.alignment`, which must be a power of two as well.
    package static let alignment = 8...4096
    /// Unicode scalars of a text from the file that an error message quotes.
    package static let excerptScalars = 64

    /// Transformer layers.
    package static let layers = 1...1024
    /// Width of the residual stream, in elements.
    package static let width = 1...131_072
    /// Width of a feed-forward layer, in elements.
    package static let feedForwardWidth = 1...1_048_576
    /// Attention heads per layer.
    package static let heads = 1...1024
    /// Elements per attention head.
    package static let headWidth = 2...1024
    /// Positions a model can be trained for.
    package static let contextLength = 1...(1 << 24)
    /// Base of the rotations' frequencies.
    package static let ropeBase: ClosedRange<Float> = 1.1...1e12
    /// Factor by which positions are stretched.
    package static let ropeFactor: ClosedRange<Float> = 1...1024
    /// Divisors of the rotations' frequencies, element by element.
    package static let ropeDivisor: ClosedRange<Float> = 1e-6...1e6
    /// Factor on the rotations' cosines and sines.
    package static let ropeAmplitude: ClosedRange<Float> = 0...1024
    /// Factor on the queries.
    package static let attentionScale: ClosedRange<Float> = 0...1024
    /// Bound that logits are bent to; 0: they are not.
    package static let logitCap: ClosedRange<Float> = 0...1e6
    /// Tokens in a vocabulary.
    package static let vocabulary = 1...(1 << 21)
    /// Bytes of one token.
    package static let tokenBytes = 1024
    /// Merges of a byte-pair vocabulary.
    package static let merges = 1...(1 << 22)
    /// Bytes that are merged together; longer stretches without a place to cut are cut anywhere.
    ///
    /// Merging takes some fifty bytes of memory for each.
    package static let pieceBytes = 1 << 20
    /// Bytes of a chat template.
    package static let chatTemplateBytes = 1 << 20

    /// Rank of an adapter's matrices.
    package static let adapterRank = 4096
    /// `adapter.lora.alpha`; 0 counts as the rank.
    package static let adapterAlpha: ClosedRange<Float> = 0...1e6
    /// Factor on what an adapter adds.
    package static let adapterScale: ClosedRange<Float> = -1e3...1e3
}
