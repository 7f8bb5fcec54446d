/// What a plain scalar means: the core schema of YAML 1.2.
///
/// `no`, `on` and `2025-01-01` are text; `010` is ten. Source: YAML 1.2.2 section 10.3.2.
enum CoreSchema {
    static func value(of plain: String) -> Node.Value {
        switch plain {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        case ".nan", ".NaN", ".NAN": return .number(.nan)
        default: break
        }
        let (sign, digits) = split(plain)
        switch digits {
        case ".inf", ".Inf", ".INF": return .number(sign == "-" ? -.infinity : .infinity)
        default: break
        }
        if digits.allSatisfy(\.isDigit), !digits.isEmpty {
            return integer(plain, sign + digits, radix: 10)
        }
        if plain.hasPrefix("0o"), let value = based(plain, radix: 8) { return value }
        if plain.hasPrefix("0x"), let value = based(plain, radix: 16) { return value }
        guard isFloat(digits), let number = Double(plain) else { return .text(plain) }
        return .number(number)
    }

    private static func split(_ text: String) -> (sign: String, rest: Substring) {
        guard let first = text.first, first == "-" || first == "+" else {
            return ("", Substring(text))
        }
        return (first == "-" ? "-" : "", text.dropFirst())
    }

    private static func based(_ plain: String, radix: Int) -> Node.Value? {
        let digits = plain.dropFirst(2)
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            return nil
        }
        guard radix == 16 || digits.allSatisfy({ ("0"..."7").contains($0) }) else { return nil }
        return integer(plain, String(digits), radix: radix)
    }

    private static func integer(_ plain: String, _ digits: String, radix: Int) -> Node.Value {
        if let value = Int(digits, radix: radix) { return .integer(value) }
        return .number(Double(plain) ?? .infinity)
    }

    /// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, then `([eE][-+]?[0-9]+)?`.
    private static func isFloat(_ text: Substring) -> Bool {
        var rest = text
        let whole = rest.prefix(while: \.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: Substring = ""
        if rest.first == "." {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: \.isDigit)
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return false }
        guard let mark = rest.first else { return true }
        guard mark == "e" || mark == "E" else { return false }
        rest = rest.dropFirst()
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }
}

extension Character {
    var isDigit: Bool { ("0"..."9").contains(self) && isASCII }
}
