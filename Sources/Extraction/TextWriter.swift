// Foundation normalises as well, but takes 25 µs a character on Linux: minutes for a hostile mail.
@_spi(_Unicode) import Swift
import XML

/// Lays out text: joins words, spaces, line breaks and indents into a readable whole.
///
/// White space is held back until something visible follows, so none ends a line or the text.
struct TextWriter {
    enum Flow {
        /// White space of any kind and length is one space, as in HTML.
        case collapsing
        /// White space means what it is, as in plain text.
        case preserving
    }

    /// What stands before the lines of a quote, a list item or a heading.
    struct Indent {
        /// For the first line, until it is written.
        var lead: [UInt8]?
        let rest: [UInt8]
    }

    var flow: Flow
    private(set) var isTruncated = false
    /// Bytes written; grows only by what is visible and what had to come before it.
    var count: Int { output.count }
    /// Lines begun.
    private(set) var lineCount = 0
    /// Line breaks waiting: 2 make an empty line.
    private(set) var breaks = 0

    private let byteCountMax: Int
    private var output: [UInt8] = []
    private var indents: [Indent] = []
    private var indentCount = 0
    private var linePrefix: [UInt8] = []
    private var spaces: [UInt8] = []
    private var separator: [UInt8] = []
    private var markCount = 0
    /// A line feed now belongs to the line's end already written, perhaps in a call before.
    private var isAfterReturn = false
    private var hasComplexLetter = false
    private var isComposed = true

    init(_ flow: Flow, byteCountMax: Int) {
        (self.flow, self.byteCountMax) = (flow, byteCountMax)
    }

    consuming func finish() -> ExtractedText {
        if isTruncated {
            while let last = output.last, last <= 0x20 { output.removeLast() }
        }
        let text = String(decoding: output, as: UTF8.self)
        return ExtractedText(
            text: isComposed ? text : Self.composed(text),
            isTruncated: isTruncated)
    }

    /// Writes UTF-8.
    mutating func write(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count, !isTruncated {
            let byte = bytes[index]
            if byte > 0x20, byte < 0x7F {
                let start = index
                index = bytes.endOfWords(from: start)
                writeVisible(bytes.extracting(start..<index))
            } else if byte == UInt8(ascii: "\r") {
                write("\n" as Unicode.Scalar)
                index += 1
                isAfterReturn = true
                continue
            } else if byte == UInt8(ascii: "\n"), isAfterReturn {
                index += 1
            } else if byte < 0x80 {
                write(Unicode.Scalar(byte))
                index += 1
            } else {
                write(Self.scalar(bytes, &index))
            }
            isAfterReturn = false
        }
    }

    mutating func write(_ scalar: Unicode.Scalar) {
        switch CharacterKind(scalar) {
        case .visible:
            markCount = 0
            hasComplexLetter = scalar.value >= 0x300
            writeVisible(scalar)
        case .mark:
            markCount += 1
            if markCount <= Limits.combiningMarksMax { writeVisible(scalar) }
        case .joiner:
            if hasComplexLetter, spaces.isEmpty, breaks == 0 { writeVisible(scalar) }
        case .space: writeSpace(scalar)
        case .lineBreak: flow == .collapsing ? writeSpace(" ") : breakLine()
        case .invisible: break
        }
    }

    /// Ends the line here, and with a second call leaves an empty one.
    mutating func breakLine() { requestBreaks(min(breaks + 1, 2)) }

    /// Sees to it that what comes is that many lines further down.
    mutating func requestBreaks(_ count: Int) {
        breaks = max(breaks, count)
        spaces.removeAll(keepingCapacity: true)
        hasComplexLetter = false
    }

    /// Takes back the line breaks that nothing was written after, and has this come instead.
    mutating func replaceBreaks(bySeparator text: [UInt8]) {
        (breaks, separator) = (0, text)
        spaces.removeAll(keepingCapacity: true)
    }

    /// - Returns: Whether there was still room for it among the indents.
    mutating func pushIndent(_ indent: Indent) -> Bool {
        guard indents.count < Limits.indentsMax else { return false }
        indents.append(indent)
        return true
    }

    mutating func popIndent() { _ = indents.popLast() }

    /// What was written from `start` on, a count from before; nil if it is more than one line.
    func line(from start: Int) -> String? {
        let bytes = output[min(start, output.count)...]
        return bytes.contains(UInt8(ascii: "\n")) ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Puts markup around what was written from `start` on, if there is room for it.
    mutating func wrap(from start: Int, _ before: [UInt8], _ after: [UInt8]) {
        guard start < output.count, hasRoom(for: before.count + after.count) else { return }
        output.insert(contentsOf: before, at: start)
        output += after
    }

    /// Where the next visible character will stand, all that must precede it being written.
    mutating func prepare() {
        guard !isTruncated else { return }
        if output.isEmpty || breaks > 0 {
            writeBreaks()
        } else if !separator.isEmpty {
            append(separator)
        } else if !spaces.isEmpty {
            append(spaces)
        }
        separator.removeAll(keepingCapacity: true)
        spaces.removeAll(keepingCapacity: true)
    }

    private mutating func writeSpace(_ scalar: Unicode.Scalar) {
        hasComplexLetter = false
        guard flow == .preserving else {
            if spaces.isEmpty { spaces.append(UInt8(ascii: " ")) }
            // A paragraph of one no-break space is how people leave a line empty.
            if scalar == "\u{A0}", breaks == 1, !output.isEmpty { breaks = 2 }
            return
        }
        guard spaces.count < Limits.spaceRunMax else { return }
        spaces.append(scalar == "\t" ? UInt8(ascii: "\t") : UInt8(ascii: " "))
    }

    private mutating func writeVisible(_ bytes: Span<UInt8>) {
        prepare()
        let room = min(bytes.count, byteCountMax - output.count)
        if room < bytes.count { isTruncated = true }
        guard room > 0 else { return }
        output.append(contentsOf: bytes.extracting(first: room))
        (markCount, hasComplexLetter) = (0, false)
    }

    private mutating func writeVisible(_ scalar: Unicode.Scalar) {
        prepare()
        guard hasRoom(for: UTF8.width(scalar)) else { return }
        if !CharacterKind.isComposed(scalar.value) { isComposed = false }
        UTF8.encode(scalar)?.forEach { output.append($0) }
    }

    private mutating func writeBreaks() {
        defer {
            breaks = 0
            lineCount += 1
            spaces.removeAll(keepingCapacity: true)
            separator.removeAll(keepingCapacity: true)
        }
        guard !indents.isEmpty || !linePrefix.isEmpty else { return writePlainBreaks() }
        var next: [UInt8] = []
        for index in indents.indices {
            next += indents[index].lead ?? indents[index].rest
            indents[index].lead = nil
        }
        if !output.isEmpty {
            append([UInt8(ascii: "\n")])
            if breaks > 1 {
                // Between two lines of one quote the quote goes on.
                let shared = zip(linePrefix, next).prefix { $0 == $1 }.map(\.0)
                let end = shared.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
                append(shared[..<end] + [UInt8(ascii: "\n")])
            }
        }
        linePrefix = indents.flatMap(\.rest)
        append(next)
        if flow == .preserving { append(spaces) }
    }

    /// Between two lines without indents.
    private mutating func writePlainBreaks() {
        if !output.isEmpty {
            for _ in 0..<min(max(breaks, 1), 2) where hasRoom(for: 1) {
                output.append(UInt8(ascii: "\n"))
            }
        }
        if flow == .preserving, !spaces.isEmpty { append(spaces) }
    }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        if hasRoom(for: bytes.count) { output.append(contentsOf: bytes) }
    }

    private mutating func hasRoom(for count: Int) -> Bool {
        if byteCountMax - output.count < count { isTruncated = true }
        return !isTruncated
    }

    /// The text in NFC.
    private static func composed(_ text: String) -> String {
        var composed = String.UnicodeScalarView()
        for scalar in text._nfc { composed.append(scalar) }
        return String(composed)
    }

    /// Whether writing these bytes would write anything.
    static func isVisible(_ bytes: Span<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                if bytes[index] > 0x20, bytes[index] < 0x7F { return true }
                index += 1
            } else if CharacterKind(scalar(bytes, &index)) == .visible {
                return true
            }
        }
        return false
    }

    /// Decodes one scalar of what a String gave, hence valid.
    private static func scalar(_ bytes: Span<UInt8>, _ index: inout Int) -> Unicode.Scalar {
        let lead = bytes[index]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead & (0x7F >> UInt8(length)))
        for offset in 1..<length where index + offset < bytes.count {
            value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        index = min(index + length, bytes.count)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
