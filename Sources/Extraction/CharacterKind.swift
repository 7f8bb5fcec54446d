/// What a character means to the layout of a text.
enum CharacterKind {
    case visible
    /// Visible, but put upon the character before it.
    case mark
    case space
    case lineBreak
    /// Shows nothing, and can hide things: left out.
    case invisible
    /// Shapes the letters of some scripts and of emoji, and hides between anything else.
    case joiner

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: self = .lineBreak
        case 0x09, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: self = .space
        case 0..<0x20, 0x7F..<0xA0: self = .invisible
        case 0..<0x300: self = scalar.value == 0xAD ? .invisible : .visible
        case 0x200C, 0x200D: self = .joiner
        // Combining grapheme joiner, bidirectional marks, embeddings and isolates, Mongolian
        // vowel separator, zero-width spaces, word joiner and invisible operators.
        case 0x34F, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
            // Interlinear annotation, noncharacters, tags.
            0xFFF9...0xFFFB, 0xFFFE...0xFFFF, 0xE0000...0xE007F:
            self = .invisible
        case 0x300..<0x370, 0x483..<0x48A, 0x1AB0..<0x1B00, 0x1DC0..<0x1E00, 0x20D0..<0x2100,
            0xFE20..<0xFE30:
            self = .mark
        default:
            self = scalar.properties.canonicalCombiningClass == .notReordered ? .visible : .mark
        }
    }

    /// Whether a text of such characters only is in NFC, whatever their order.
    static func isComposed(_ value: UInt32) -> Bool {
        switch value {
        // Latin up to here, Cyrillic, punctuation and signs but letter-like ones, boxes and
        // symbols, Han and Hangul syllables, most emoji.
        case 0..<0x300, 0x400..<0x483, 0x2010..<0x20D0, 0x2190..<0x2200, 0x2300..<0x2329,
            0x232B..<0x2ADC, 0x3001..<0x302A, 0x3041..<0x3099, 0x30A1..<0x30FF, 0x4E00..<0xA000,
            0xAC00..<0xD7A4, 0x1F300..<0x1FB00:
            true
        default: false
        }
    }
}
