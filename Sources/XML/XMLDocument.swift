import CXML

/// An XML document as a tree that XPath can be asked of.
///
/// Source: XML 1.0 (Fifth Edition), Namespaces in XML 1.0. What a DOCTYPE could do is refused
/// whole: entities, external files, default attributes.
package struct XMLDocument: ~Copyable {
    let tree: xmlDocPtr
    private let limits: XMLLimits

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: With a byte order mark, or in the encoding that the declaration names: UTF-8,
    ///     UTF-16, ISO-8859-1 to 16, windows-1250 to 1258 and some of East Asia.
    ///   - limits: How much to read before giving up.
    /// - Throws: ``XMLError`` with the line.
    package init(parsing bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
        var feed = XMLFeed(XMLSource(bytes), limits)
        var push = try XMLPush(limits)
        while let part = try feed.next() { try push.take(part) }
        try push.take(nil)
        guard let tree = push.takeTree() else { throw XMLError(.ended) }
        (self.tree, self.limits) = (tree, limits)
    }

    /// Makes a document of an element, as ``XMLPull`` gives them, so that XPath can be asked of it.
    package init(_ root: XMLElement, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        xmlInitParser()
        guard let tree = xmlNewDoc("1.0") else { throw XMLError(.outOfMemory) }
        guard let node = Self.node(root, tree) else {
            xmlFreeDoc(tree)
            throw XMLError(.outOfMemory)
        }
        xmlDocSetRootElement(tree, node)
        (self.tree, self.limits) = (tree, limits)
    }

    deinit { xmlFreeDoc(tree) }

    /// Recurses as deep as the value, which the limits bound.
    private static func node(_ element: XMLElement, _ tree: xmlDocPtr) -> xmlNodePtr? {
        guard let node = xmlNewDocNode(tree, nil, element.name, nil) else { return nil }
        if let uri = element.namespace { xmlSetNs(node, xmlNewNs(node, uri, nil)) }
        for (index, attribute) in element.attributes.enumerated() {
            // Attributes have a namespace only by a prefix, and any will do.
            let namespace = attribute.namespace.flatMap { xmlNewNs(node, $0, "n\(index)") }
            xmlNewNsProp(node, namespace, attribute.name, attribute.value)
        }
        for child in element.children {
            switch child {
            case .text(let text): xmlAddChild(node, xmlNewDocText(tree, text))
            case .element(let element):
                if let below = self.node(element, tree) { xmlAddChild(node, below) }
            }
        }
        return node
    }

    /// The root as a value, with all it holds.
    package var root: XMLElement? {
        var converter = XMLConverter(nodeCountMax: limits.nodeCountMax)
        return xmlDocGetRootElement(tree).flatMap { converter.element($0) }
    }

    var nodeCountMax: Int { limits.nodeCountMax }
}
