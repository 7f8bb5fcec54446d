/// How much of an XML document docket reads before it gives up.
package struct XMLLimits: Sendable {
    /// Length of the whole text in UTF-8.
    package var byteCountMax = 64 << 20
    /// Elements within each other, the root being the first; libxml2 itself stops at 256.
    package var depthMax = 128
    /// Elements, attributes, comments and the like; of a streamed document, in one element.
    ///
    /// Bounds memory: a tree takes some 250 bytes for each.
    package var nodeCountMax = 1_000_000
    /// In one tag: libxml2 compares each attribute with all before it.
    package var attributeCountMax = 256
    /// Declared by the elements open at a time: libxml2 looks through them for every prefix.
    package var namespaceCountMax = 256
    /// Different names of elements and attributes: libxml2 takes ever longer to find one.
    package var nameCountMax = 65_536
    /// One tag, comment or stretch of text: libxml2 stops at 10 million.
    package var partByteCountMax = 10_000_000

    package init() {}

    /// For a document read element by element: its length takes time, not memory.
    package static var streamed: XMLLimits {
        var limits = XMLLimits()
        limits.byteCountMax = 16 << 30
        return limits
    }
}
