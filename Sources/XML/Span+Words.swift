extension Span<UInt8> {
    /// How far the text from `start` on reads on as it is: words of ASCII, one space between two.
    ///
    /// - Parameter start: Index of a byte, at most `count`.
    /// - Returns: Index behind the last of those words; `start` where none begins there.
    package func endOfWords(from start: Int) -> Int {
        withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress, start >= 0, start < bytes.count else {
                return start
            }
            return Self.endOfWords(UnsafeRawPointer(base), start, bytes.count)
        }
    }

    private static func endOfWords(_ base: UnsafeRawPointer, _ start: Int, _ count: Int) -> Int {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var (index, isAfterSpace): (Int, UInt64) = (start, 0x80)
        // Eight bytes at a time: none outside of 0x20...0x7E, and no space behind another one.
        while count - index >= 8 {
            let word = UInt64(
                littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let others = ((word &- ones &* 0x20) | (word &+ ones)) & tops
            let gaps = ~(((word ^ ones &* 0x20) & ~tops) &+ ~tops | word) & tops
            guard others | word & tops == 0, gaps & (gaps << 8 | isAfterSpace) == 0 else { break }
            isAfterSpace = gaps >> 56
            index += 8
        }
        var wasSpace = isAfterSpace != 0
        while index < count {
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            guard byte >= 0x20, byte < 0x7F, byte != 0x20 || !wasSpace else { break }
            wasSpace = byte == 0x20
            index += 1
        }
        // A space with nothing behind it is not between two words.
        return wasSpace && index > start ? index - 1 : index
    }
}

extension [UInt8] {
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
