/// Bytes in base64 with the alphabet that is safe in URLs, without padding (RFC 4648 §5).
package func base64url(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits: UInt32 = 0
        for (index, byte) in group.enumerated() { bits |= UInt32(byte) << (16 - 8 * index) }
        for index in 0...group.count { text.append(alphabet[Int(bits >> (18 - 6 * index) & 63)]) }
    }
    return String(decoding: text, as: UTF8.self)
}

/// The bytes of what ``base64url(_:)`` wrote; nil where the text is anything else.
package func bytes(base64url text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3 + 2)
    var (bits, bitCount): (UInt32, Int) = (0, 0)
    for character in text.utf8 {
        guard let value = alphabet.firstIndex(of: character) else { return nil }
        (bits, bitCount) = (bits << 6 | UInt32(value), bitCount + 6)
        guard bitCount >= 8 else { continue }
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
        bits &= 1 << bitCount - 1
    }
    // A lone character, and bits beyond the last byte, are never written.
    return bitCount < 6 && bits == 0 ? bytes : nil
}

private let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
