import XML

/// What a tag's attributes say about how it looks.
struct TagStyle {
    let isHidden: Bool
    /// A paragraph without space about it, as mail programs write single lines.
    let isTight: Bool
    /// What comes after it is the message replied to or forwarded.
    let isReplyHeader: Bool

    init(_ tag: Tag, _ attributes: HTMLVisitor.Attributes) {
        let style = attributes("style").map { Declarations($0) }
        isHidden =
            style?.has("display:none") == true || style?.has("visibility:hidden") == true
            || attributes("hidden") != nil
        isTight =
            tag == .p
            && (style?.hasZero("margin:") == true || style?.hasZero("margin-bottom:") == true
                || attributes("class") == "MsoNormal")
        isReplyHeader = tag == .div && attributes("id")?.hasSuffix("divRplyFwdMsg") == true
    }
}

/// A style attribute, looked at byte by byte: there is one on nearly every tag of a mail.
private struct Declarations {
    /// Without white space and capitals.
    private let bytes: [UInt8]

    init(_ style: String) {
        bytes = style.utf8.compactMap { byte in
            byte <= 0x20 ? nil : byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
        }
    }

    func has(_ text: String) -> Bool { end(of: text) != nil }

    func hasZero(_ property: String) -> Bool {
        guard let end = end(of: property), end < bytes.count else { return false }
        return bytes[end] == UInt8(ascii: "0")
            && (end + 1 == bytes.count || bytes[end + 1] != UInt8(ascii: "."))
    }

    private func end(of text: String) -> Int? {
        let text = text.utf8
        guard let first = text.first, bytes.count >= text.count else { return nil }
        for start in 0...(bytes.count - text.count)
        where bytes[start] == first && bytes[start..<(start + text.count)].elementsEqual(text) {
            return start + text.count
        }
        return nil
    }
}
