/// What a vocabulary makes of neighbouring symbols.
protocol MergeRule: Sendable {
    /// The symbol that the first character of `text[index...]` begins as, and its bytes.
    func symbol(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> (Int32, byteCount: Int)

    /// `rank << 32 | result` of merging two symbols, or ``PairTable/none``.
    ///
    /// Lower ranks merge first; ranks fit into 24 bits. `range` is what both cover of `text`.
    func merge(
        _ left: Int32, _ right: Int32, covering range: Range<Int>,
        of text: UnsafeBufferPointer<UInt8>
    ) -> UInt64
}
