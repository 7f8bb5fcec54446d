/// The four kinds of scalars that pre-tokenizers tell apart.
enum CharacterClass: UInt8, Sendable {
    /// Marks, punctuation, symbols, controls and what Unicode has not assigned.
    case other = 0
    /// General category L.
    case letter = 1
    /// General category N.
    case number = 2
    /// Property White_Space.
    case space = 3
    /// No scalar at all: the text ends here.
    case end = 4

    /// Scalars of planes 0 to 3; all above are ``other``.
    private static let scalarCount: UInt32 = 0x40000

    /// The class of every scalar below ``scalarCount``, looked up in the standard library once.
    private static let table: [CharacterClass] = (0..<scalarCount).map { value in
        guard let properties = Unicode.Scalar(value)?.properties else { return .other }
        if properties.isWhitespace { return .space }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            .letter
        case .decimalNumber, .letterNumber, .otherNumber: .number
        default: .other
        }
    }

    /// The bytes of a scalar in valid UTF-8, by its first one.
    static func byteCount(lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }

    /// The class of the scalar that begins at `index` in valid UTF-8, and the bytes it takes.
    static func at(
        _ index: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> (class: CharacterClass, byteCount: Int) {
        guard index < text.count else { return (.end, 0) }
        let lead = UInt32(text[index])
        if lead < 0x80 { return (table[Int(lead)], 1) }
        let byteCount = byteCount(lead: text[index])
        var value = lead & (0x7F >> UInt32(byteCount))
        for unit in text[index + 1..<index + byteCount] { value = value << 6 | UInt32(unit & 0x3F) }
        return (value < scalarCount ? table[Int(value)] : .other, byteCount)
    }
}
