/// Text as a part of a URL or of a form.
package enum PercentEncoding {
    /// One path segment: everything but unreserved characters and `@` is encoded.
    ///
    /// An `@` may stand in a path, and mailboxes are named by addresses. Source: RFC 3986 §3.3.
    ///
    /// `.` and `..` stay as they are, for no encoding keeps them from being dot segments; a
    /// caller that builds paths from a stranger's names refuses them.
    package static func segment(_ text: String) -> String {
        var encoded: [UInt8] = []
        append(text, to: &encoded, plain: UInt8(ascii: "@"))
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Several path segments with the slashes between them, encoded alike.
    ///
    /// What else may stand in a path as it is stays so: OData writes keys in parentheses, with
    /// quotes and commas. What is percent-encoded already is not encoded again.
    package static func path(_ text: String) -> String {
        var encoded: [UInt8] = []
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            let isEncoded =
                byte == UInt8(ascii: "%") && index + 2 < bytes.count
                && bytes[(index + 1)...(index + 2)].allSatisfy(isHexDigit)
            if isEncoded || "/@()',=;:$!*".utf8.contains(byte) {
                encoded.append(byte)
            } else {
                append([byte], to: &encoded)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Pairs as `application/x-www-form-urlencoded`: a space is `+`.
    package static func form(_ pairs: [(String, String)]) -> String {
        var encoded: [UInt8] = []
        for (name, value) in pairs {
            if !encoded.isEmpty { encoded.append(UInt8(ascii: "&")) }
            append(name, to: &encoded, space: UInt8(ascii: "+"))
            encoded.append(UInt8(ascii: "="))
            append(value, to: &encoded, space: UInt8(ascii: "+"))
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func append(
        _ text: String, to encoded: inout [UInt8], plain: UInt8? = nil, space: UInt8? = nil
    ) {
        append(text.utf8, to: &encoded, plain: plain, space: space)
    }

    private static func append(
        _ text: some Sequence<UInt8>, to encoded: inout [UInt8], plain: UInt8? = nil,
        space: UInt8? = nil
    ) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text {
            if isUnreserved(byte) || byte == plain {
                encoded.append(byte)
            } else if let space, byte == UInt8(ascii: " ") {
                encoded.append(space)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 15)])
            }
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
