/// Reads HTML as it comes, in one pass and with memory for one name, and never fails.
///
/// libxml2's HTML parser is not used for this: it compares each attribute with all before it
/// (a megabyte of attributes takes minutes), halts at 256 open elements, and ends at a NUL. This
/// one takes time proportional to the text whatever the text is. It balances nothing: what an
/// end tag ends is the visitor's business.
///
/// Source: HTML Living Standard §13.2.5, tokenization.
package struct HTMLWalker: ~Copyable {
    private var index = 0
    /// What was searched for up to the end in vain, so that it is not searched for again.
    private var missing: Missing = []

    private struct Missing: OptionSet {
        let rawValue: UInt8
        static let doubleQuote = Missing(rawValue: 1)
        static let singleQuote = Missing(rawValue: 2)
        static let commentEnd = Missing(rawValue: 4)
    }

    private init() {}

    /// Walks over the text from its beginning until its end or until the visitor is done.
    package static func walk(_ html: String, _ visitor: inout some HTMLVisitor) {
        var walker = HTMLWalker()
        walker.walk(html.utf8.span, &visitor)
    }

    private mutating func walk(_ bytes: Span<UInt8>, _ visitor: inout some HTMLVisitor) {
        while index < bytes.count, !visitor.isDone {
            if bytes[index] == UInt8(ascii: "<"), markup(bytes, &visitor) { continue }
            let start = index
            index = bytes.firstIndex(of: UInt8(ascii: "<"), from: start + 1) ?? bytes.count
            Self.text(bytes.extracting(start..<index), &visitor)
        }
    }

    /// Passes one tag, comment or declaration; false where `<` is only a character.
    private mutating func markup(
        _ bytes: Span<UInt8>, _ visitor: inout some HTMLVisitor
    ) -> Bool {
        guard let next = bytes.at(index + 1) else { return false }
        if next.isLetter {
            startTag(bytes, &visitor)
        } else if next == UInt8(ascii: "/") {
            guard let letter = bytes.at(index + 2) else { return false }
            if letter.isLetter {
                index += 2
                let name = self.name(bytes)
                skipTag(bytes)
                visitor.end(name)
            } else {
                skip(past: UInt8(ascii: ">"), bytes)
            }
        } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
            declaration(bytes)
        } else {
            return false
        }
        return true
    }

    private mutating func startTag(_ bytes: Span<UInt8>, _ visitor: inout some HTMLVisitor) {
        index += 1
        let name = self.name(bytes)
        let start = index
        skipTag(bytes)
        visitor.start(name, attributes: bytes.extracting(start..<index))
        switch name {
        case "script", "style", "iframe", "noembed", "noframes", "xmp":
            skipRaw(until: name, bytes)
            visitor.end(name)
        case "title", "textarea":
            let start = index
            skipRaw(until: name, bytes)
            Self.text(bytes.extracting(start..<index), &visitor)
        default: break
        }
    }

    private mutating func declaration(_ bytes: Span<UInt8>) {
        let isComment =
            bytes.at(index + 2) == UInt8(ascii: "-") && bytes.at(index + 3) == UInt8(ascii: "-")
        guard isComment, !missing.contains(.commentEnd) else {
            return skip(past: UInt8(ascii: ">"), bytes)
        }
        // `<!-->` is a whole comment: the dashes may be the same.
        var end = index + 4
        while let found = bytes.firstIndex(of: UInt8(ascii: ">"), from: end) {
            if bytes[found - 1] == UInt8(ascii: "-"), bytes[found - 2] == UInt8(ascii: "-") {
                index = found + 1
                return
            }
            end = found + 1
        }
        missing.insert(.commentEnd)
        skip(past: UInt8(ascii: ">"), bytes)
    }

    /// The tag's name in lower case, cut at the longest any element has.
    private mutating func name(_ bytes: Span<UInt8>) -> String {
        let start = index
        while let byte = bytes.at(index), !byte.isSpace, byte != UInt8(ascii: "/"),
            byte != UInt8(ascii: ">")
        {
            index += 1
        }
        let count = min(index - start, Limits.nameByteCountMax)
        return String(unsafeUninitializedCapacity: count) { output in
            for offset in 0..<count { output[offset] = bytes[start + offset].lowercased }
            return count
        }
    }

    /// Moves behind the tag's `>`, which does not count within quotes.
    private mutating func skipTag(_ bytes: Span<UInt8>) {
        var isValue = false
        while let byte = bytes.at(index) {
            index += 1
            switch byte {
            case UInt8(ascii: ">"): return
            case UInt8(ascii: "="): isValue = true
            case UInt8(ascii: "\"") where isValue: skipQuoted(byte, .doubleQuote, bytes)
            case UInt8(ascii: "'") where isValue: skipQuoted(byte, .singleQuote, bytes)
            default:
                if !byte.isSpace { isValue = false }
                continue
            }
            isValue = byte == UInt8(ascii: "=")
        }
    }

    private mutating func skipQuoted(_ quote: UInt8, _ kind: Missing, _ bytes: Span<UInt8>) {
        guard !missing.contains(kind) else { return }
        if let end = bytes.firstIndex(of: quote, from: index) {
            index = end + 1
        } else {
            missing.insert(kind)
        }
    }

    private mutating func skip(past byte: UInt8, _ bytes: Span<UInt8>) {
        index = bytes.firstIndex(of: byte, from: index).map { $0 + 1 } ?? bytes.count
    }

    /// Moves to the end tag of an element whose content is no markup, or to the end.
    private mutating func skipRaw(until name: String, _ bytes: Span<UInt8>) {
        let name = name.utf8
        while let found = bytes.firstIndex(of: UInt8(ascii: "<"), from: index) {
            index = found
            if bytes.at(found + 1) == UInt8(ascii: "/"),
                name.enumerated().allSatisfy({
                    bytes.at(found + 2 + $0.offset)?.lowercased == $0.element
                }),
                bytes.at(found + 2 + name.count)?.isLetter != true
            {
                return
            }
            index += 1
        }
        index = bytes.count
    }

    /// Reports a text, its references resolved.
    private static func text(_ bytes: Span<UInt8>, _ visitor: inout some HTMLVisitor) {
        var start = 0
        var search = 0
        while let found = bytes.firstIndex(of: UInt8(ascii: "&"), from: search) {
            search = found + 1
            guard let reference = HTMLReference(in: bytes, at: found, isAttribute: false) else {
                continue
            }
            if found > start { visitor.text(bytes.extracting(start..<found)) }
            visitor.text(reference.scalar)
            (start, search) = (reference.end, reference.end)
        }
        if start < bytes.count { visitor.text(bytes.extracting(start...)) }
    }
}
