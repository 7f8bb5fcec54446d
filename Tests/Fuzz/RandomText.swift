/// Texts that tokenizers are not usually given.
enum RandomText {
    /// What families mark turns with, and halves of it.
    private static let marks = [
        "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|start_header_id|>",
        "<|end_header_id|>", "<|eot_id|>", "<start_of_turn>", "<end_of_turn>", "<bos>", "<eos>",
        "<s>", "</s>", "<unk>", "<pad>", "<|user|>", "<|system|>", "<|assistant|>", "<|end|>",
        "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<0x0A>", "<0xFF>", "<|", "|>", "<|im_",
        "end|>", "<|im_end", "<", "|", ">", "[", "]", "{{body}}", "<unused1>", "<table>",
    ]

    private static let pieces = [
        " ", "  ", "\n", "\r\n", "\n\n\n", "\t", "\u{B}", "\u{85}", "\u{A0}", "\u{2028}",
        "\u{3000}", "\u{2581}", "\u{0}", "\u{1B}", "\u{FFFD}", "\u{FEFF}", "\u{10FFFF}", "'s",
        "'S", "'ll", "'", "'\u{17F}", "a", "Z", "the", " the", "ÀÉ", "ß", "ﬁ", "中文", "日本語", "안",
        "ไทย", "עברית", "العربية", "हिन्दी", "\u{301}", "e\u{301}\u{323}", "\u{200D}", "😀",
        "👨‍👩‍👧‍👦", "🇩🇪", "🏳️‍🌈", "0", "12", "345", "678901", "٣", "Ⅷ", "½", "²", "𝟙", "!", "...",
        "—", "$", "€", "_", "-", "#", "/", "\\", "\"",
    ]

    /// A text of up to a few thousand bytes, most of them much shorter.
    static func make(_ random: inout SplitMix) -> String {
        var text = ""
        for _ in 0...random.index(random.oneIn(10) ? 200 : 20) { append(to: &text, &random) }
        return text
    }

    private static func append(to text: inout String, _ random: inout SplitMix) {
        switch random.index(10) {
        case 0, 1: text += marks.randomElement(using: &random) ?? ""
        case 2, 3, 4, 5: text += pieces.randomElement(using: &random) ?? ""
        case 6:
            let piece = (pieces + marks).randomElement(using: &random) ?? ""
            text += String(repeating: piece, count: 1 + random.index(random.oneIn(20) ? 500 : 8))
        case 7:
            let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
            if let scalar { text.unicodeScalars.append(scalar) }
        case 8:
            for _ in 0...random.index(12) {
                let letter = UInt8.random(in: 0x61...0x7A, using: &random)
                text.unicodeScalars.append(Unicode.Scalar(letter))
            }
        default:
            // Bytes that are not UTF-8, as the reader of documents repairs them.
            let bytes = (0...random.index(8)).map { _ in
                UInt8.random(in: 0x60...0xFF, using: &random)
            }
            text += String(decoding: bytes, as: UTF8.self)
        }
    }
}
