/// Byte strings by number and numbers by byte string.
///
/// One flat buffer instead of an array of strings: a vocabulary of 262,144 tokens loads without
/// an allocation for each. The hash is seeded per process, so a crafted file can not make it
/// degenerate.
struct ByteStringTable: Sendable {
    private var bytes: [UInt8] = []
    /// End of each string in ``bytes``; string `i` begins where `i - 1` ends.
    private var ends: [Int] = []
    /// Numbers by hash, probed in line.
    ///
    /// -1 is free; at most half are taken.
    private var slots: [Int32]
    private var findableCount = 0

    init(capacity: Int) {
        var slotCount = 16
        while slotCount < 2 * capacity { slotCount *= 2 }
        slots = Array(repeating: -1, count: slotCount)
        ends.reserveCapacity(capacity)
    }

    var count: Int { ends.count }

    subscript(id: Int32) -> ArraySlice<UInt8> {
        let index = Int(id)
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Adds a string under the next number.
    ///
    /// - Parameters:
    ///   - string: Its bytes.
    ///   - isFindable: Whether ``find(_:)`` is to know it. Of equal strings it knows the last.
    /// - Returns: The number.
    @discardableResult
    mutating func append(_ string: some Collection<UInt8>, isFindable: Bool) -> Int32 {
        let id = Int32(ends.count)
        bytes.append(contentsOf: string)
        ends.append(bytes.count)
        guard isFindable else { return id }
        findableCount += 1
        if 2 * findableCount > slots.count { grow() }
        slots[slot(of: self[id])] = id
        return id
    }

    /// The number of a string, or nil.
    func find(_ string: some Collection<UInt8>) -> Int32? {
        let id = slots[slot(of: string)]
        return id < 0 ? nil : id
    }

    /// The slot that holds an equal string, or the free one where it belongs.
    private func slot(of string: some Collection<UInt8>) -> Int {
        let hash =
            string.withContiguousStorageIfAvailable { Self.hash(UnsafeRawBufferPointer($0)) }
            ?? Array(string).withUnsafeBytes(Self.hash)
        var index = hash & (slots.count - 1)
        while slots[index] >= 0, !self[slots[index]].elementsEqual(string) {
            index = (index + 1) & (slots.count - 1)
        }
        return index
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: -1, count: 2 * old.count)
        for id in old where id >= 0 { slots[slot(of: self[id])] = id }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        return hasher.finalize() & Int.max
    }
}
