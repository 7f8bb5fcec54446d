/// Reads a document too large for a tree, one element after the other.
///
/// Memory is bound by the largest of them. libxml2's own reader for that cuts the text anywhere
/// and then takes a `>` in an attribute's value for the end of the tag (2.9.14), hence its push
/// parser, fed with whole tags.
package struct XMLPull: ~Copyable {
    private var feed: XMLFeed
    private var push: XMLPush
    private var ready: [XMLElement] = []
    private var hasEnded = false

    /// Reads from memory.
    ///
    /// - Parameters:
    ///   - bytes: The document, in any encoding ``XMLDocument`` reads.
    ///   - name: Local name of the elements to give.
    ///   - depth: Elements around them; 0 for the root itself.
    ///   - limits: Nodes count within one element.
    /// - Throws: Where libxml2 cannot start; the text is looked at by ``next()``.
    package init(
        _ bytes: [UInt8], elements name: String, depth: Int, limits: XMLLimits = .streamed
    ) throws(XMLError) {
        try self.init(XMLSource(bytes), name, depth, limits)
    }

    /// Reads a file.
    package init(
        path: String, elements name: String, depth: Int, limits: XMLLimits = .streamed
    ) throws(XMLError) {
        try self.init(try XMLSource(path: path), name, depth, limits)
    }

    private init(
        _ source: consuming XMLSource, _ name: String, _ depth: Int, _ limits: XMLLimits
    ) throws(XMLError) {
        feed = XMLFeed(source, limits, keptBelow: depth)
        push = try XMLPush(limits, builder: XMLBuilder(name, depth: depth))
    }

    /// The next element; nil when the document has ended as it should.
    ///
    /// - Throws: What is wrong with the text behind the elements given so far.
    package mutating func next() throws(XMLError) -> XMLElement? {
        while ready.isEmpty, !hasEnded {
            let part = try feed.next()
            hasEnded = part == nil
            try push.take(part)
            ready = push.elements().reversed()
        }
        return ready.popLast()
    }
}
