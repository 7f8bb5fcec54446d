import CXML

/// A character reference, such as `&eacute;`, `&#233;` or `&#xE9;`.
///
/// Source: HTML Living Standard §13.2.5.72 to 80, with the names of HTML 4.
struct HTMLReference {
    let scalar: Unicode.Scalar
    /// Index after the reference.
    let end: Int

    /// Reads the reference whose `&` stands at `start`; nil where it is only an ampersand.
    init?(in bytes: Span<UInt8>, at start: Int, isAttribute: Bool) {
        if bytes.at(start + 1) == UInt8(ascii: "#") {
            self.init(numberIn: bytes, at: start + 2)
        } else {
            self.init(nameIn: bytes, at: start + 1, isAttribute: isAttribute)
        }
    }

    private init?(numberIn bytes: Span<UInt8>, at start: Int) {
        var index = start
        let isHexadecimal = bytes.at(index).map { $0 | 0x20 } == UInt8(ascii: "x")
        if isHexadecimal { index += 1 }
        let digits = index
        var number: UInt32 = 0
        while let byte = bytes.at(index) {
            let digit: UInt8
            if byte.isDigit {
                digit = byte - UInt8(ascii: "0")
            } else if isHexadecimal, (byte | 0x20) &- UInt8(ascii: "a") < 6 {
                digit = (byte | 0x20) - UInt8(ascii: "a") + 10
            } else {
                break
            }
            // Anything from 0x110000 on is the same error, so the number need not grow on.
            number = min(number * (isHexadecimal ? 16 : 10) + UInt32(digit), 0x110000)
            index += 1
        }
        guard index > digits else { return nil }
        if bytes.at(index) == UInt8(ascii: ";") { index += 1 }
        (scalar, end) = (Self.scalar(number), index)
    }

    private init?(nameIn bytes: Span<UInt8>, at start: Int, isAttribute: Bool) {
        var index = start
        while let byte = bytes.at(index), byte.isLetter || byte.isDigit,
            index - start < Limits.referenceByteCountMax
        {
            index += 1
        }
        let isTerminated = bytes.at(index) == UInt8(ascii: ";")
        guard index > start, isTerminated || !isAttribute else { return nil }
        let count = index - start
        let name = String(unsafeUninitializedCapacity: count) { output in
            for offset in 0..<count { output[offset] = bytes[start + offset] }
            return count
        }
        // Only the oldest names, those of Latin-1, are recognised without their semicolon.
        guard let scalar = Self.names[name], isTerminated || scalar.value < 0x100 else {
            return nil
        }
        (self.scalar, end) = (scalar, isTerminated ? index + 1 : index)
    }

    /// What a numeric reference means: 0x80 to 0x9F are taken for windows-1252, as browsers do.
    private static func scalar(_ number: UInt32) -> Unicode.Scalar {
        if (0x80...0x9F).contains(number) { return windows1252[Int(number - 0x80)] }
        return number == 0 ? "\u{FFFD}" : Unicode.Scalar(number) ?? "\u{FFFD}"
    }

    private static let windows1252 = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    /// libxml2's table, by name: the library itself goes through it from the front.
    private static let names: [String: Unicode.Scalar] = {
        var names: [String: Unicode.Scalar] = [:]
        for value in UInt32(1)...0x2666 {
            guard let entry = htmlEntityValueLookup(value), let name = entry.pointee.name,
                let scalar = Unicode.Scalar(value)
            else { continue }
            names[String(cString: name)] = scalar
        }
        return names
    }()
}
