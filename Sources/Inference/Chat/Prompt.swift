/// A prompt under construction: marks, and text between them.
///
/// Text is encoded in one go from one control token to the next, as it was when the model was
/// trained; where it was put together from several parts makes no difference.
struct Prompt {
    private let tokenizer: Tokenizer
    private let controls: [String: Int32]
    private let endOfTurn: Int32
    /// Marks without a control token, which no message may contain.
    private let textMarks: [[UInt8]]
    private var tokens: [Int32] = []
    private var open = ""

    init(tokenizer: Tokenizer, controls: [String: Int32], endOfTurn: Int32, marks: [String]) {
        (self.tokenizer, self.controls, self.endOfTurn) = (tokenizer, controls, endOfTurn)
        textMarks = marks.filter { controls[$0] == nil }.map { Array($0.utf8) }
        if tokenizer.addsBOS, let token = tokenizer.bosToken { tokens.append(token) }
    }

    /// Appends one of the family's marks: its control token, or in want of one its text.
    mutating func mark(_ name: String) {
        guard let token = controls[name] else { return text(name) }
        flush()
        tokens.append(token)
    }

    /// Appends the token that ends a turn.
    mutating func end() {
        flush()
        tokens.append(endOfTurn)
    }

    /// Appends text of the template.
    mutating func text(_ text: String) { open += text }

    /// Appends what somebody said.
    mutating func content(_ text: String) {
        open += textMarks.isEmpty ? text : Self.breaking(textMarks, in: text)
    }

    mutating func finish() -> [Int32] {
        flush()
        return tokens
    }

    private mutating func flush() {
        if let last = tokens.last, tokenizer.swallowsWhiteSpace(after: last) {
            let blanks = open.utf8.prefix { $0 == 0x20 || 0x09...0x0D ~= $0 }.count
            open = String(decoding: open.utf8.dropFirst(blanks), as: UTF8.self)
        }
        tokens += tokenizer.encode(open)
        open = ""
    }

    /// The text with a blank behind the first letter of every mark in it.
    ///
    /// Marks contain no blanks, so none is left and none is made. Bytes are compared and not
    /// characters: an accent behind a mark makes another character of its last letter, and the
    /// same tokens of the rest.
    private static func breaking(_ marks: [[UInt8]], in text: String) -> String {
        var broken: [UInt8] = []
        var rest = Array(text.utf8)[...]
        broken.reserveCapacity(rest.count)
        while let first = rest.first {
            broken.append(first)
            if marks.contains(where: { rest.starts(with: $0) }) { broken.append(0x20) }
            rest = rest.dropFirst()
        }
        return String(decoding: broken, as: UTF8.self)
    }
}

extension String {
    /// The text without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
