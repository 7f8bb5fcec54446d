package import JSON

/// The name of an entity within its service: the set, and the key as the service writes it.
///
/// Source: OData 2.0 URI Conventions §3; OData 4.01 URL Conventions §4.3.
package enum ODataKey {
    /// The key of an entity by its address.
    ///
    /// The host does not count, as services behind a proxy may know another; nor do parameters
    /// of path segments such as `;v=2`. Values stay as they are, leading zeros included.
    ///
    /// - Parameters:
    ///   - address: Absolute, or relative to the service's root.
    ///   - serviceURL: The service's root.
    /// - Returns: Percent-encoding resolved, the name of a single key property left out.
    package static func canonical(_ address: String, serviceURL: String) -> String {
        let path = withoutQuery(pathPart(of: address))
        let root = segments(of: withoutQuery(pathPart(of: serviceURL)))
        var rest = path
        if path.hasPrefix("/") {
            rest = below(root, path) ?? path.dropFirst()
        }
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return unnamed(decoded(rest))
    }

    /// A key from values: `'TG11'` for one, `Order='4712',Position='10'` for more.
    ///
    /// - Returns: Nil where a value is missing or not of its type.
    package static func predicate(
        _ keys: [ODataSchema.Key], of payload: JSON, version: Int
    ) -> String? {
        var parts: [String] = []
        for key in keys {
            guard let value = payload[key.name], !value.isNull,
                let literal = ODataLiteral.write(value, type: key.type, version: version)
            else { return nil }
            parts.append(keys.count == 1 ? literal : "\(key.name)=\(literal)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ",")
    }

    /// A key as part of a URL's path: what ends a segment, or cannot stand there, is encoded.
    package static func encoded(_ key: String) -> String {
        var encoded: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in key.utf8 {
            if isPlain(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~'(),=:;!$*@".utf8.contains(byte)
        }
    }

    private static func withoutQuery(_ path: Substring) -> Substring {
        var isQuoted = false
        // Values may hold a question mark or a number sign that nobody encoded.
        for index in path.utf8.indices {
            switch path.utf8[index] {
            case UInt8(ascii: "'"): isQuoted.toggle()
            case UInt8(ascii: "?") where !isQuoted, UInt8(ascii: "#") where !isQuoted:
                return path[..<index]
            default: break
            }
        }
        return path
    }

    private static func pathPart(of address: String) -> Substring {
        let lead = address.prefix { $0 != "(" && $0 != "'" }
        guard let scheme = lead.firstRange(of: "://") else { return address[...] }
        return address[scheme.upperBound...].drop { $0 != "/" }
    }

    private static func segments(of path: Substring) -> [String] {
        path.split(separator: "/").map { decoded($0.prefix { $0 != ";" }) }
    }

    /// What follows the root in a path; after the root's last segment where what is before it is
    /// another path, as behind a proxy.
    private static func below(_ root: [String], _ path: Substring) -> Substring? {
        var rest = path.dropFirst()
        var found: Substring?
        var passed: [String] = []
        while let slash = rest.firstIndex(of: "/"), !rest[..<slash].contains("(") {
            passed.append(decoded(rest[..<slash].prefix { $0 != ";" }))
            rest = rest[slash...].dropFirst()
            if passed == root { return rest }
            if let last = root.last, passed.last == last { found = rest }
        }
        return found ?? rest
    }

    /// Without the name where there is only one value, as it may be left out.
    private static func unnamed(_ key: String) -> String {
        guard let open = key.firstIndex(of: "("), key.hasSuffix(")") else { return key }
        let inner = key[key.index(after: open)...].dropLast()
        let name = inner.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty, inner[name.endIndex...].first == "=" else { return key }
        let value = inner[name.endIndex...].dropFirst()
        var isQuoted = false
        for character in value {
            if character == "'" { isQuoted.toggle() }
            if character == ",", !isQuoted { return key }
            if character == ")", !isQuoted { return key }
        }
        return "\(key[..<open])(\(value))"
    }

    /// Percent-encoding resolved; as it is where that gives no text.
    static func decoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), bytes.count - index > 2,
                let high = Character(Unicode.Scalar(bytes[index + 1])).hexDigitValue,
                let low = Character(Unicode.Scalar(bytes[index + 2])).hexDigitValue
            {
                decoded.append(UInt8(high << 4 | low))
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(validating: decoded, as: UTF8.self) ?? String(text)
    }
}
