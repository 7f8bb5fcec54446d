import XML

/// Turns HTML into readable text, light Markdown where it has structure.
package enum HTMLText {
    /// The text a reader would see.
    ///
    /// Headings become `# ...`, list items `- ...` and `1. ...`, table rows `a | b`, links
    /// `[text](url)`, quotes and quoted replies `> ...`, images their description. What a reader
    /// would not see is left out: scripts, styles, hidden elements, tracking pixels.
    ///
    /// - Parameters:
    ///   - html: Anything, well-formed or not.
    ///   - byteCountMax: Where to cut the text; nil: 4 MiB.
    /// - Returns: The text, and whether it was cut.
    package static func render(_ html: String, byteCountMax: Int? = nil) -> ExtractedText {
        var renderer = HTMLRenderer(byteCountMax: byteCountMax ?? Limits.textByteCountMax)
        HTMLParser.parse(html, &renderer)
        return renderer.finish()
    }
}
