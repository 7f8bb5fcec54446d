/// How entities are addressed: keys, literals and their escapes.
enum ERPAddress {
    /// `A_Product('TG11')`, or with the names where the key has several parts.
    ///
    /// Quotes are doubled and what a path cannot hold is percent-encoded, as in the links the
    /// server gives out.
    static func path(_ set: String, _ names: [String], _ values: [String]) -> String {
        let literals = values.map { "'" + encoded($0.replacing("'", with: "''")) + "'" }
        guard names.count != 1 else { return "\(set)(\(literals[0]))" }
        let parts = zip(names, literals).map { "\($0)=\($1)" }
        return "\(set)(\(parts.joined(separator: ",")))"
    }

    private static let plain = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'".utf8)

    static func encoded(_ text: String) -> String {
        guard !text.utf8.allSatisfy(plain.contains) else { return text }
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if plain.contains(byte) {
                encoded.append(byte)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += (byte < 16 ? "%0\(hex)" : "%\(hex)").utf8
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One segment of a resource path: a name, and what stands in parentheses.
struct ERPSegment {
    let name: String
    /// Nil without parentheses.
    let arguments: [(name: String?, value: String)]?

    /// - Parameter text: Still encoded.
    /// - Throws: ``ERPError`` 400 where the parentheses do not close or hold no literals.
    init(_ text: some StringProtocol) throws(ERPError) {
        let decoded = ERPAddress.decoded(text)
        guard let open = decoded.firstIndex(of: "(") else {
            (name, arguments) = (decoded, nil)
            return
        }
        guard decoded.hasSuffix(")") else { throw .badRequest("Invalid key predicate") }
        name = String(decoded[..<open])
        arguments = try Self.arguments(String(decoded[open...].dropFirst().dropLast()))
    }

    /// Reads `'4712'` or `SalesOrder='4712',SalesOrderItem='10'`.
    static func arguments(_ text: String) throws(ERPError) -> [(name: String?, value: String)] {
        var arguments: [(name: String?, value: String)] = []
        var rest = Array(text)[...]
        while !rest.isEmpty {
            var name: String?
            if rest.first != "'", let equals = rest.firstIndex(of: "=") {
                name = String(rest[..<equals])
                rest = rest[equals...].dropFirst()
            }
            var value = ""
            if rest.first == "'" {
                rest = rest.dropFirst()
                var isClosed = false
                while let character = rest.popFirst() {
                    guard character == "'" else {
                        value.append(character)
                        continue
                    }
                    guard rest.first == "'" else {
                        isClosed = true
                        break
                    }
                    value.append("'")
                    rest = rest.dropFirst()
                }
                guard isClosed else { throw .badRequest("Invalid key predicate") }
            } else {
                let end = rest.firstIndex(of: ",") ?? rest.endIndex
                value = String(rest[..<end])
                rest = rest[end...]
            }
            arguments.append((name, value))
            guard rest.isEmpty || rest.popFirst() == "," else {
                throw .badRequest("Invalid key predicate")
            }
        }
        return arguments
    }
}
