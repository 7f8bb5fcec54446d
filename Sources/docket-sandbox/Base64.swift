/// RFC 4648, both alphabets, with padding.
enum Base64 {
    enum Alphabet {
        case standard, url
    }

    static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
        var text: [UInt8] = []
        append(bytes, alphabet, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends what ``encode(_:_:)`` gives.
    static func append(
        _ bytes: [UInt8], _ alphabet: Alphabet = .standard, to text: inout [UInt8]
    ) {
        let digits = alphabet == .standard ? standardDigits : urlDigits
        var index = 0
        while index + 2 < bytes.count {
            let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
            text.append(digits[group >> 18])
            text.append(digits[group >> 12 & 63])
            text.append(digits[group >> 6 & 63])
            text.append(digits[group & 63])
            index += 3
        }
        guard index < bytes.count else { return }
        let isPair = index + 1 < bytes.count
        let group = Int(bytes[index]) << 16 | (isPair ? Int(bytes[index + 1]) << 8 : 0)
        text.append(digits[group >> 18])
        text.append(digits[group >> 12 & 63])
        text.append(isPair ? digits[group >> 6 & 63] : UInt8(ascii: "="))
        text.append(UInt8(ascii: "="))
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
