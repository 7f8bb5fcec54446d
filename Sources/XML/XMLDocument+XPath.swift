import CXML

extension XMLDocument {
    /// The elements an expression selects, in document order, each with all it holds.
    ///
    /// - Parameters:
    ///   - xpath: XPath 1.0; relative paths start at the root element. It must select elements,
    ///     not attributes or text.
    ///   - namespaces: Prefixes in the expression to URIs, whatever prefixes the document uses.
    /// - Returns: None where nothing matches.
    /// - Throws: ``XMLError/Problem/xpath(_:)`` also where evaluation takes too many steps.
    package borrowing func select(
        _ xpath: String, namespaces: [String: String] = [:]
    ) throws(XMLError) -> [XMLElement] {
        let path = try XPath(tree, namespaces: namespaces)
        var converter = XMLConverter(nodeCountMax: nodeCountMax)
        let max = nodeCountMax
        return try path.evaluate(xpath) { (result) throws(XMLError) -> [XMLElement] in
            var elements: [XMLElement] = []
            for node in try nodes(of: result) {
                guard let element = converter.element(node) else {
                    throw XMLError(
                        converter.isExhausted
                            ? .tooManyNodes(nodeCountMax: max)
                            : .xpath("`\(xpath)` selects something other than elements"))
                }
                elements.append(element)
            }
            return elements
        }
    }

    /// The text of the first node an expression selects, or the string, number or truth value it
    /// computes.
    ///
    /// - Returns: Nil where it selects nothing; empty for an empty element.
    package borrowing func text(
        at xpath: String, namespaces: [String: String] = [:]
    ) throws(XMLError) -> String? {
        let path = try XPath(tree, namespaces: namespaces)
        return try path.evaluate(xpath) { (result) throws(XMLError) -> String? in
            if result.pointee.type == XPATH_NODESET {
                return try nodes(of: result).first.map { XMLConverter.content($0) }
            }
            guard let text = xmlXPathCastToString(result) else { return nil }
            defer { cxml_free(text) }
            return String(cString: text)
        }
    }

    /// What is wrong with an expression, as far as it shows without a document; nil if nothing.
    ///
    /// The namespaces are those it will be evaluated with.
    package static func checkXPath(
        _ xpath: String, namespaces: [String: String] = [:]
    ) -> XMLError? {
        do throws(XMLError) {
            let document = try XMLDocument(parsing: Array("<x/>".utf8))
            let path = try XPath(document.tree, namespaces: namespaces)
            return try path.evaluate(xpath) { _ in nil }
        } catch {
            return error
        }
    }
}

/// In document order; the nodes are the tree's.
private func nodes(of result: xmlXPathObjectPtr) throws(XMLError) -> [xmlNodePtr] {
    guard result.pointee.type == XPATH_NODESET else {
        throw XMLError(.xpath("computes a value where elements are wanted"))
    }
    guard let set = result.pointee.nodesetval, let table = set.pointee.nodeTab else { return [] }
    xmlXPathNodeSetSort(set)
    return UnsafeBufferPointer(start: table, count: Int(set.pointee.nodeNr)).compactMap { $0 }
}
