/// The words of a text that tell its language.
struct Sample {
    /// UTF-8, one space between words, at most 1 KiB.
    private(set) var bytes: [UInt8] = []

    init(_ text: String) {
        let source = text.utf8.span
        collect(source, fromQuotes: false)
        if bytes.isEmpty { collect(source, fromQuotes: true) }
    }

    private mutating func collect(_ text: Span<UInt8>, fromQuotes: Bool) {
        var index = 0
        while index < text.count, bytes.count < Limits.sampleByteCountMax {
            let isQuote = text[index] == UInt8(ascii: ">")
            var end = index
            while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
            if isQuote == fromQuotes { collectWords(text.extracting(index..<end)) }
            index = end + 1
        }
    }

    private mutating func collectWords(_ line: Span<UInt8>) {
        var index = 0
        while index < line.count, bytes.count < Limits.sampleByteCountMax {
            while index < line.count, Self.isSeparator(line[index]) { index += 1 }
            let start = index
            while index < line.count, !Self.isSeparator(line[index]) { index += 1 }
            append(line.extracting(start..<index))
        }
    }

    private mutating func append(_ word: Span<UInt8>) {
        guard !word.isEmpty, !Self.isAddress(word) else { return }
        if word.count > Limits.wordByteCountMax, word.indices.allSatisfy({ word[$0] < 0x80 }) {
            return
        }
        // Some scripts have no spaces, so a long word is cut, between two characters.
        var count = min(word.count, Limits.sampleByteCountMax - bytes.count)
        while count > 0, count < word.count, word[count] & 0xC0 == 0x80 { count -= 1 }
        for index in 0..<count { bytes.append(word[index]) }
        bytes.append(UInt8(ascii: " "))
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: ">")
    }

    /// Addresses of mail and web, whatever is attached to them.
    private static func isAddress(_ word: Span<UInt8>) -> Bool {
        var hasColon = false
        for index in word.indices {
            let byte = word[index]
            if byte == UInt8(ascii: "@") || hasColon && byte == UInt8(ascii: "/") { return true }
            hasColon = byte == UInt8(ascii: ":")
        }
        return word.count > 4 && word[0] | 0x20 == UInt8(ascii: "w") && word[1] | 0x20 == word[0]
            && word[2] | 0x20 == word[0] && word[3] == UInt8(ascii: ".")
    }
}
