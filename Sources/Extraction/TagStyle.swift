import XML

/// What a tag's attributes say about how it looks.
struct TagStyle {
    let isHidden: Bool
    /// A paragraph without space about it, as mail programs write single lines.
    let isTight: Bool
    /// What comes after it is the message replied to or forwarded.
    let isReplyHeader: Bool

    init(_ tag: Tag, _ attributes: Span<UInt8>) {
        func value(_ name: StaticString) -> String? {
            // No attribute is shorter than this with its tag's `>`.
            attributes.count < 5 ? nil : HTMLAttributes.value(of: name, in: attributes)
        }
        let style = value("style")?.lowercased().filter { !$0.isWhitespace } ?? ""
        isHidden =
            style.contains("display:none") || style.contains("visibility:hidden")
            || value("hidden") != nil
        isTight =
            tag == .p
            && (Self.isZero("margin:", in: style) || Self.isZero("margin-bottom:", in: style)
                || value("class") == "MsoNormal")
        isReplyHeader = tag == .div && value("id")?.hasSuffix("divRplyFwdMsg") == true
    }

    private static func isZero(_ property: String, in style: String) -> Bool {
        guard let range = style.firstRange(of: property + "0") else { return false }
        return style[range.upperBound...].first != "."
    }
}
