/// Finds names of HTML in a list of them, in a fraction of the time a dictionary takes.
package struct NameTable: Sendable {
    private struct Key: Equatable {
        var low: UInt64 = 0
        var high: UInt64 = 0

        mutating func append(_ byte: UInt8) {
            let isCapital = byte &- UInt8(ascii: "A") < 26
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(isCapital ? byte | 0x20 : byte)
        }

        /// 0 to 511.
        var slot: Int {
            Int(truncatingIfNeeded: ((low ^ high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 55)
        }
    }

    /// Longest name that can be found.
    private static var byteCountMax: Int { 16 }

    private var slots = [(key: Key, index: Int)](repeating: (Key(), -1), count: 512)

    /// - Parameter names: ASCII in lower case; fewer than 512, or what is more is lost.
    package init(_ names: [String]) {
        for (index, name) in names.prefix(511).enumerated() {
            var key = Key()
            name.utf8.forEach { key.append($0) }
            var slot = key.slot
            while slots[slot].index >= 0 { slot = (slot + 1) & 511 }
            slots[slot] = (key, index)
        }
    }

    /// Where the name is in the list, be it with capitals; nil where it is not.
    package subscript(name: Span<UInt8>) -> Int? {
        guard name.count <= Self.byteCountMax else { return nil }
        var key = Key()
        for index in name.indices { key.append(name[index]) }
        var slot = key.slot
        while slots[slot].index >= 0 {
            if slots[slot].key == key { return slots[slot].index }
            slot = (slot + 1) & 511
        }
        return nil
    }
}
