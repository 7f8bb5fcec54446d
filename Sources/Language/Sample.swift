import Glibc

/// The words of a text that tell its language.
struct Sample {
    /// UTF-8, one space between words, at most as much as was asked for and that space.
    private(set) var bytes: [UInt8] = []
    private let byteCountMax: Int

    init(_ text: String, byteCountMax: Int) {
        self.byteCountMax = byteCountMax
        bytes.reserveCapacity(byteCountMax + 1)
        let source = text.utf8.span
        collect(source, fromQuotes: false)
        if bytes.isEmpty { collect(source, fromQuotes: true) }
    }

    private mutating func collect(_ text: Span<UInt8>, fromQuotes: Bool) {
        var index = 0
        while index < text.count, bytes.count < byteCountMax {
            let isQuote = text[index] == UInt8(ascii: ">")
            let end = text.extracting(index...).endOfLine + index
            if isQuote == fromQuotes { collectWords(text.extracting(index..<end)) }
            index = end + 1
        }
    }

    private mutating func collectWords(_ line: Span<UInt8>) {
        var index = 0
        while index < line.count, bytes.count < byteCountMax {
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
        var count = min(word.count, byteCountMax - bytes.count)
        while count > 0, count < word.count, word[count] & 0xC0 == 0x80 { count -= 1 }
        word.extracting(first: count).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
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

extension Span<UInt8> {
    /// Index of the first line feed, or `count`.
    fileprivate var endOfLine: Int {
        withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress, let end = memchr(base, 0x0A, bytes.count) else {
                return bytes.count
            }
            return UnsafeRawPointer(end) - UnsafeRawPointer(base)
        }
    }
}
