enum Limits {
    /// Bytes of one HTML text that are read; libxml2 counts them in a C int.
    static let htmlByteCountMax = 256 << 20
    /// Stretches of one tag that can be an attribute: libxml2 compares each attribute with all
    /// before it, and takes 2 s over a tag with 50,000.
    static let tagPartsMax = 256
    /// Open elements that libxml2 is left with: it looks through them all at many end tags.
    static let openElementsMax = 512
    /// Bytes that different names of elements and attributes may take in one text; libxml2 takes
    /// ever longer to find one among them. Elements with names beyond it are passed over.
    static let nameByteCountMax = 256 << 10
}
