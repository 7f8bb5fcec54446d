/// A prompt under construction: control tokens by name, and text between them.
///
/// Text is encoded in one go from one control token to the next, as it was when the model was
/// trained; where it was put together from several parts makes no difference.
struct Prompt {
    private let tokenizer: Tokenizer
    private let controls: [String: Int32]
    private var tokens: [Int32] = []
    private var open = ""

    init(tokenizer: Tokenizer, controls: [String: Int32]) {
        (self.tokenizer, self.controls) = (tokenizer, controls)
        if tokenizer.addsBOS, let token = tokenizer.bosToken { tokens.append(token) }
    }

    /// Appends the control token called `name`.
    ///
    /// - Precondition: `name` is one of the family's control tokens.
    mutating func control(_ name: String) {
        guard let token = controls[name] else { preconditionFailure("\(name) is not a control") }
        flush()
        tokens.append(token)
    }

    mutating func text(_ text: String) { open += text }

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
}

extension String {
    /// The text without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
