/// A word of a query, and where it stands.
struct SOQLToken: Sendable {
    enum Kind: Sendable, Equatable {
        /// A name or a path such as `Owner.Name`.
        case word
        /// A quoted text; `pattern` keeps what LIKE needs to know of its escapes.
        case string(pattern: String)
        case number(Double)
        case moment(Timestamp)
        /// A day such as 2026-01-15.
        case day
        /// A comma, a parenthesis or an operator.
        case sign
    }

    let kind: Kind
    let text: String
    /// Counted from 1, in characters of the query.
    let column: Int

    func isWord(_ word: String) -> Bool { kind == .word && text.uppercased() == word }

    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
}

/// Takes a query apart.
struct SOQLLexer {
    private let bytes: [UInt8]
    private var index = 0

    init(_ query: String) { bytes = Array(query.utf8) }

    /// - Throws: ``CRMError`` MALFORMED_QUERY where something is no word of the language.
    static func tokens(of query: String) throws(CRMError) -> [SOQLToken] {
        var lexer = SOQLLexer(query)
        var tokens: [SOQLToken] = []
        while let token = try lexer.next() {
            tokens.append(token)
            guard tokens.count <= Limits.soqlTokensMax else {
                throw .malformed("SOQL statements cannot be longer than the limit")
            }
        }
        return tokens
    }

    private mutating func next() throws(CRMError) -> SOQLToken? {
        while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        let start = index
        let byte = bytes[index]
        if byte == UInt8(ascii: "'") { return try string() }
        if Self.isLetter(byte) {
            take { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: ".") }
            return SOQLToken(kind: .word, text: text(from: start), column: start + 1)
        }
        if Self.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
            index += 1
            let inside = Array(".:+-".utf8)
            take { Self.isLetter($0) || Self.isDigit($0) || inside.contains($0) }
            return try number(text(from: start), column: start + 1)
        }
        for sign in ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","]
        where bytes[index...].starts(with: sign.utf8) {
            index += sign.utf8.count
            return SOQLToken(kind: .sign, text: sign == "<>" ? "!=" : sign, column: start + 1)
        }
        throw .malformed(
            "line 1:\(start) no viable alternative at character '\(Character(Unicode.Scalar(byte)))'"
        )
    }

    private mutating func take(while isInside: (UInt8) -> Bool) {
        while index < bytes.count, isInside(bytes[index]) { index += 1 }
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func number(_ text: String, column: Int) throws(CRMError) -> SOQLToken {
        if CRMTime.isDay(text) { return SOQLToken(kind: .day, text: text, column: column) }
        if let moment = CRMTime.parse(text) {
            return SOQLToken(kind: .moment(moment), text: text, column: column)
        }
        guard let number = Double(text), number.isFinite else {
            throw .malformed("line 1:\(column - 1) no viable alternative at '\(text)'")
        }
        return SOQLToken(kind: .number(number), text: text, column: column)
    }

    private mutating func string() throws(CRMError) -> SOQLToken {
        let start = index
        var plain: [UInt8] = []
        var pattern: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "'") {
            var byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                pattern.append(byte)
                continue
            }
            guard index < bytes.count else { break }
            byte = bytes[index]
            index += 1
            guard let meant = Self.escapes[byte] else {
                throw .malformed(
                    "Illegal string escape sequence '\\\(Character(Unicode.Scalar(byte)))'")
            }
            plain.append(meant)
            if Array("%_\\".utf8).contains(meant) { pattern.append(UInt8(ascii: "\\")) }
            pattern.append(meant)
        }
        guard index < bytes.count else {
            throw .malformed("line 1:\(start) mismatched character '<EOF>' expecting '''")
        }
        index += 1
        return SOQLToken(
            kind: .string(pattern: String(decoding: pattern, as: UTF8.self)),
            text: String(decoding: plain, as: UTF8.self), column: start + 1)
    }

    /// Source: SOQL and SOSL Reference, Quoted String Escape Sequences.
    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "N"): 10, UInt8(ascii: "r"): 13,
        UInt8(ascii: "R"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "T"): 9,
        UInt8(ascii: "b"): 8, UInt8(ascii: "B"): 8, UInt8(ascii: "f"): 12,
        UInt8(ascii: "F"): 12, UInt8(ascii: "\""): UInt8(ascii: "\""),
        UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "_"): UInt8(ascii: "_"), UInt8(ascii: "%"): UInt8(ascii: "%"),
    ]

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32) || byte == UInt8(ascii: "_")
    }
}
