import Glibc

/// Byte strings by number and numbers by byte string.
///
/// One flat buffer instead of an array of strings: a vocabulary of 262,144 tokens loads without
/// an allocation for each. The hash has a secret per process, so a crafted file can not make it
/// degenerate.
struct ByteStringTable: Sendable {
    private var bytes: [UInt8] = []
    /// End of each string in ``bytes``; string `i` begins where `i - 1` ends.
    private var ends: [Int] = []
    /// Upper half of the hash and number, probed in line; ``free`` where there is none, which at most
    /// half are not.
    private var slots: [UInt64]
    private var findableCount = 0
    /// Odd and different in each process.
    private let multiplier = UInt64(bitPattern: Int64(Hasher().finalize())) | 1

    private static let free = UInt64.max

    init(capacity: Int) {
        var slotCount = 16
        while slotCount < 2 * capacity { slotCount *= 2 }
        slots = Array(repeating: Self.free, count: slotCount)
        ends.reserveCapacity(capacity)
    }

    var count: Int { ends.count }

    subscript(id: Int32) -> ArraySlice<UInt8> { bytes[range(of: id)] }

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
        insert(id)
        return id
    }

    /// The number of a string, or nil.
    func find(_ string: some Collection<UInt8>) -> Int32? {
        string.withContiguousStorageIfAvailable(find) ?? Array(string).withUnsafeBufferPointer(find)
    }

    /// The number of a string, or nil.
    func find(_ string: UnsafeBufferPointer<UInt8>) -> Int32? {
        Self.number(in: slots[slot(of: string, hash: hash(string))])
    }

    private static func number(in slot: UInt64) -> Int32? {
        slot == free ? nil : Int32(truncatingIfNeeded: slot)
    }

    private mutating func insert(_ id: Int32) {
        let range = range(of: id)
        let (index, entry) = bytes.withUnsafeBufferPointer { all in
            let string = UnsafeBufferPointer(rebasing: all[range])
            let hash = hash(string)
            return (
                slot(of: string, hash: hash), hash & ~0xFFFF_FFFF | UInt64(UInt32(bitPattern: id))
            )
        }
        slots[index] = entry
    }

    private func range(of id: Int32) -> Range<Int> {
        let index = Int(id)
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// The slot that holds an equal string, or the free one where it belongs.
    private func slot(of string: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while case let slot = slots[index], let id = Self.number(in: slot) {
            if slot >> 32 == hash >> 32, isEqual(id, string) { break }
            index = (index + 1) & (slots.count - 1)
        }
        return index
    }

    private func isEqual(_ id: Int32, _ string: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(of: id)
        guard range.count == string.count, let start = string.baseAddress else {
            return range.count == string.count
        }
        return bytes.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { return true }
            return memcmp(base + range.lowerBound, start, string.count) == 0
        }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Self.free, count: 2 * old.count)
        for slot in old { if let id = Self.number(in: slot) { insert(id) } }
    }

    /// Folded products of eight bytes at a time with a secret.
    private func hash(_ string: UnsafeBufferPointer<UInt8>) -> UInt64 {
        func fold(_ word: UInt64) -> UInt64 {
            let product = word.multipliedFullWidth(by: multiplier)
            return product.high ^ product.low
        }
        let bytes = UnsafeRawBufferPointer(string)
        var hash = multiplier ^ UInt64(bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = fold(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        return fold(fold(hash ^ rest))
    }
}
