/// The letters that byte-level vocabularies write bytes with.
///
/// Printable Latin-1 stands for itself; the other 68 bytes, blanks and controls among them, are
/// U+0100 and up in order, so a blank is `Ġ`.
///
/// Source: https://github.com/openai/gpt-2/blob/master/src/encoder.py, `bytes_to_unicode`.
enum ByteAlphabet {
    /// The byte of each letter below U+0144; -1 where there is none.
    private static let byteOfLetter: [Int16] = {
        var bytes = [Int16](repeating: -1, count: 0x144)
        var next = 0x100
        for byte in 0..<0x100 {
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: bytes[byte] = Int16(byte)
            default:
                bytes[next] = Int16(byte)
                next += 1
            }
        }
        return bytes
    }()

    /// Appends the bytes that the letters of `text` stand for.
    ///
    /// - Returns: False, and nothing useful in `bytes`, when `text` holds anything else.
    static func decode(_ text: some Sequence<UInt8>, into bytes: inout [UInt8]) -> Bool {
        var lead = 0
        for unit in text {
            let value: Int
            if lead != 0 {
                guard unit & 0xC0 == 0x80 else { return false }
                value = lead << 6 | Int(unit & 0x3F)
                lead = 0
            } else if unit < 0x80 {
                value = Int(unit)
            } else {
                guard unit & 0xE0 == 0xC0 else { return false }
                lead = Int(unit & 0x1F)
                continue
            }
            guard value < byteOfLetter.count, byteOfLetter[value] >= 0 else { return false }
            bytes.append(UInt8(byteOfLetter[value]))
        }
        return lead == 0
    }
}
