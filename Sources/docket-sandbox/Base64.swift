/// RFC 4648, both alphabets, with padding.
enum Base64 {
    enum Alphabet {
        case standard, url
    }

    static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
        let digits = alphabet == .standard ? standardDigits : urlDigits
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            let group = (0..<3).reduce(0) { group, offset in
                group << 8 | (offset < count ? Int(bytes[start + offset]) : 0)
            }
            for index in 0..<4 {
                let digit = digits[group >> (18 - 6 * index) & 63]
                text.append(index <= count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything that ``encode(_:_:)`` does not give with the URL alphabet.
    static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var group = 0
        var bitCount = 0
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            guard let value = urlValues[byte] else { return nil }
            (group, bitCount) = ((group << 6 | value) & 0xFFFF, bitCount + 6)
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: group >> bitCount))
        }
        return encode(bytes, .url) == text ? bytes : nil
    }

    private static let alphanumerics =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardDigits = Array("\(alphanumerics)+/".utf8)
    private static let urlDigits = Array("\(alphanumerics)-_".utf8)
    private static let urlValues = Dictionary(
        uniqueKeysWithValues: urlDigits.enumerated().map { ($1, $0) })
}
