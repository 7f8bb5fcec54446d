import Glibc

/// Takes out of an HTML text what libxml2 would take too long over or lose the rest at.
///
/// Tags keep only so many attributes; a `<` where no tag ends becomes text; quotes without an
/// end, NUL, comments, declarations and what scripts and styles hold are dropped. What is markup and what it
/// means is still the parser's business. Takes time proportional to the text.
package struct HTMLGuard: ~Copyable {
    private var output: [UInt8]
    private var index = 0
    /// What was searched for up to the end in vain, so that it is not searched for again.
    private var missing: Set<UInt8> = []

    /// The text made harmless, behind the tags given.
    package static func guarded(_ html: String, behind tags: String) -> [UInt8] {
        // Whole, as a prefix is copied byte by byte.
        var bytes = Array(html.utf8)
        bytes.removeLast(max(bytes.count - Limits.htmlByteCountMax, 0))
        if bytes.span.index(of: 0, from: 0) != nil { bytes.removeAll { $0 == 0 } }
        var filter = HTMLGuard(tags)
        filter.output.reserveCapacity(tags.utf8.count + bytes.count)
        filter.run(bytes.span)
        return filter.output
    }

    private init(_ tags: String) { output = Array(tags.utf8) }

    private mutating func run(_ bytes: Span<UInt8>) {
        while index < bytes.count {
            copy(bytes, upTo: bytes.index(of: UInt8(ascii: "<"), from: index) ?? bytes.count)
            if bytes.has("<!--", at: index) {
                skipComment(bytes)
            } else if index + 1 < bytes.count, bytes[index + 1].isLetter {
                startTag(bytes)
            } else if isDeclaration(bytes) {
                index =
                    bytes.index(of: UInt8(ascii: ">"), from: index).map { $0 + 1 } ?? bytes.count
            } else if index < bytes.count {
                copy(bytes, upTo: index + 1)
            }
        }
    }

    /// Whether `<!`, `<?` or `</` begin something that says nothing, such as `<![endif]>`.
    private func isDeclaration(_ bytes: Span<UInt8>) -> Bool {
        if bytes.has("</", at: index), index + 2 < bytes.count { return !bytes[index + 2].isLetter }
        return bytes.has("<!", at: index) || bytes.has("<?", at: index)
    }

    /// Copies one tag, or its `<` as text if there is another `<` or the end before its `>`.
    private mutating func startTag(_ bytes: Span<UInt8>) {
        let (start, mark) = (index, output.count)
        var (next, parts, isValue) = (start + 1, 0, false)
        while next < bytes.count, bytes[next] != UInt8(ascii: ">"), bytes[next] != UInt8(ascii: "<")
        {
            let byte = bytes[next]
            let isQuote = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            let end = isQuote && isValue ? endOfQuote(byte, from: next, bytes) : next + 1
            if isQuote || byte.isSpace { parts += 1 }
            if parts > Limits.tagPartsMax || isQuote && isValue && end == next + 1 {
                copy(bytes, upTo: next)
                index = end
            }
            isValue = byte == UInt8(ascii: "=") || isValue && byte.isSpace
            next = end
        }
        guard next < bytes.count, bytes[next] == UInt8(ascii: ">") else {
            output.removeSubrange(mark...)
            output += "&lt;".utf8
            index = start + 1
            return
        }
        copy(bytes, upTo: next + 1)
        for name in ["script", "style"] as [StaticString] where bytes.has(name, at: start + 1) {
            skipRaw(name, bytes)
        }
    }

    /// Index behind the quote that ends the value, or behind this one if none does.
    private mutating func endOfQuote(
        _ quote: UInt8, from start: Int, _ bytes: Span<UInt8>
    ) -> Int {
        guard !missing.contains(quote) else { return start + 1 }
        if let end = bytes.index(of: quote, from: start + 1) { return end + 1 }
        missing.insert(quote)
        return start + 1
    }

    /// Without an end, a comment goes up to the next `>`.
    private mutating func skipComment(_ bytes: Span<UInt8>) {
        let dash = UInt8(ascii: "-")
        let next = bytes.index(of: UInt8(ascii: ">"), from: index + 4)
        var end = next
        // `<!-->` is a whole comment: the dashes may be the same.
        while let found = end, !missing.contains(dash) {
            if bytes[found - 1] == dash, bytes[found - 2] == dash {
                index = found + 1
                return
            }
            end = bytes.index(of: UInt8(ascii: ">"), from: found + 1)
        }
        missing.insert(dash)
        index = next.map { $0 + 1 } ?? bytes.count
    }

    /// Moves to the end tag of an element whose content is no markup, or to the end.
    private mutating func skipRaw(_ name: StaticString, _ bytes: Span<UInt8>) {
        while let found = bytes.index(of: UInt8(ascii: "<"), from: index) {
            index = found
            if bytes.has("</", at: found), bytes.has(name, at: found + 2) { return }
            index += 1
        }
        index = bytes.count
    }

    private mutating func copy(_ bytes: Span<UInt8>, upTo end: Int) {
        bytes.extracting(index..<end).withUnsafeBufferPointer { output.append(contentsOf: $0) }
        index = end
    }
}

extension Span<UInt8> {
    fileprivate func index(of byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress,
                let found = memchr(base + start, CInt(byte), count - start)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// Whether that text in lower case stands there, capitals being the same.
    fileprivate func has(_ text: StaticString, at start: Int) -> Bool {
        guard count - start >= text.utf8CodeUnitCount else { return false }
        for offset in 0..<text.utf8CodeUnitCount {
            let byte = self[start + offset]
            let isCapital = byte &- UInt8(ascii: "A") < 26
            if (isCapital ? byte | 0x20 : byte) != text.utf8Start[offset] { return false }
        }
        return true
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self <= 0x20 }
}
