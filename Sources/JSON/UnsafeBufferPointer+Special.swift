extension UnsafeBufferPointer<UInt8> {
    /// Index of the next quote, backslash or control character from `start` on, which is at most
    /// `count`; `count` where there is none.
    func indexOfSpecial(from start: Int) -> Int {
        guard let base = baseAddress.map({ UnsafeRawPointer($0) }) else { return count }
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        // Eight bytes at a time; the lowest bit set of `found` is exact, those above may not be.
        while count - index >= 8 {
            let word = UInt64(
                littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found =
                (((word &- ones &* 0x20) & ~word) | ((quote &- ones) & ~quote)
                    | ((backslash &- ones) & ~backslash)) & (ones &* 0x80)
            guard found == 0 else { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < count, self[index] >= 0x20, self[index] != UInt8(ascii: "\""),
            self[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
        return index
    }
}
