/// A request path as its segments, decoded.
///
/// The vendor's key form counts as two segments: `users('bo')` is `users`, `bo`.
struct RequestPath: Sendable {
    let segments: [String]

    init(_ path: String) {
        segments = path.split(separator: "/").flatMap { segment in
            let text = Self.decoded(segment)
            guard text.hasSuffix("')"), let quote = text.range(of: "('") else { return [text] }
            return [
                String(text[..<quote.lowerBound]), String(text[quote.upperBound...].dropLast(2)),
            ]
        }
    }

    private static func decoded(_ segment: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = segment.utf8[...]
        while let byte = rest.first {
            let digits = rest.dropFirst().prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? { ranges(of: text).first }
}
