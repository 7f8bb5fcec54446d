/// A link's address that is worth its place in a text.
struct LinkTarget {
    /// Visible ASCII that a Markdown link can hold.
    let text: String

    /// - Parameter href: As the link has it; nil for places within the page, scripts and
    ///   addresses too long for a person.
    init?(_ href: String) {
        let bytes = href.utf8.drop { $0 <= 0x20 }
        guard bytes.count <= Limits.linkByteCountMax else { return nil }
        let start = String(decoding: bytes.prefix(8), as: UTF8.self).lowercased()
        guard ["http://", "https://", "mailto:", "tel:", "ftp://"].contains(where: start.hasPrefix)
        else { return nil }
        var text = ""
        for byte in bytes {
            if byte > 0x20, byte < 0x7F, !"()<>\"\\".utf8.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        while text.hasSuffix("%20") || text.hasSuffix("%0A") { text.removeLast(3) }
        self.text = text
    }

    /// Whether the link's text is its address already, but for scheme and final slash.
    func isSaid(by shown: Substring) -> Bool {
        Self.core(text[...]) == Self.core(shown)
    }

    private static func core(_ text: Substring) -> Substring {
        var core = text
        for scheme in ["https://", "http://", "mailto:", "tel:"] where core.hasPrefix(scheme) {
            core = core.dropFirst(scheme.count)
        }
        return core.hasSuffix("/") ? core.dropLast() : core
    }
}
