import CXML

/// Makes values of the nodes of a tree, up to a number of them.
struct XMLConverter {
    private var nodesLeft: Int

    init(nodeCountMax: Int) { nodesLeft = nodeCountMax }

    var isExhausted: Bool { nodesLeft < 0 }

    /// Recurses as deep as the limits let the tree be.
    mutating func element(_ node: xmlNodePtr) -> XMLElement? {
        guard node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name, spend()
        else { return nil }
        var element = XMLElement(
            String(cString: name), namespace: Self.namespace(node.pointee.ns))
        var attribute = node.pointee.properties
        while let current = attribute, let name = current.pointee.name, spend() {
            element.attributes.append(
                XMLAttribute(
                    String(cString: name), namespace: Self.namespace(current.pointee.ns),
                    Self.content(UnsafeMutableRawPointer(current))))
            attribute = current.pointee.next
        }
        var child = node.pointee.children
        var text = ""
        while let current = child {
            child = current.pointee.next
            if let below = self.element(current) {
                if !text.isEmpty { element.children.append(.text(text)) }
                text = ""
                element.children.append(.element(below))
            } else if current.pointee.type == XML_TEXT_NODE {
                text += current.pointee.content.map { String(cString: $0) } ?? ""
            }
        }
        if !text.isEmpty { element.children.append(.text(text)) }
        return element
    }

    private mutating func spend() -> Bool {
        nodesLeft -= 1
        return nodesLeft >= 0
    }

    private static func namespace(_ namespace: xmlNsPtr?) -> String? {
        namespace?.pointee.href.map { String(cString: $0) }
    }

    /// The text of any node.
    static func content(_ node: UnsafeMutableRawPointer) -> String {
        guard let text = xmlNodeGetContent(node.assumingMemoryBound(to: xmlNode.self)) else {
            return ""
        }
        defer { cxml_free(text) }
        return String(cString: text)
    }
}
