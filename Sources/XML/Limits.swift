enum Limits {
    /// Bytes of one HTML text that are read; libxml2 counts them in a C int.
    static let htmlByteCountMax = 256 << 20
    /// Stretches of one tag that can be an attribute: libxml2 compares each attribute with all
    /// before it, and takes 2 s over a tag with 50,000.
    static let tagPartsMax = 256
    /// Open elements that libxml2 is left with: it looks through them all at many end tags.
    static let openElementsMax = 256
    /// Different names of elements and attributes in one text, HTML having some 300: libxml2
    /// takes ever longer to find one among them.
    ///
    /// The text ends there, as a limit of libxml2's own has it loop forever at the next name.
    static let namesMax = 4096
    /// Bytes of an XML text read at a time.
    static let chunkByteCount = 1 << 16
    /// Within which an XML declaration ends.
    static let declarationByteCountMax = 1024
    /// Characters of libxml2's messages, which quote the text.
    static let messageCharactersMax = 200
    /// Length of an XPath expression; libxml2 recurses over it.
    static let xpathByteCountMax = 4096
    /// Steps libxml2 takes for one expression, some two seconds.
    static let xpathOperationsMax: UInt = 20_000_000
}
