/// One element of an XML document with all it holds, as a value.
///
/// Names are local names with the URI of their namespace: prefixes are the writer's own and mean
/// nothing. Comments and processing instructions are left out; CDATA sections are text.
package struct XMLElement: Sendable, Equatable {
    package let name: String
    /// URI; nil for none.
    package let namespace: String?
    /// In document order, declarations of namespaces left out.
    package var attributes: [XMLAttribute]
    package var children: [XMLContent]

    package init(
        _ name: String, namespace: String? = nil, attributes: [XMLAttribute] = [],
        children: [XMLContent] = []
    ) {
        (self.name, self.namespace) = (name, namespace)
        (self.attributes, self.children) = (attributes, children)
    }

    /// The elements directly below, in document order.
    package var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// All text below, at any depth, in document order; white space as it stands.
    package var text: String {
        var text = ""
        appendText(to: &text)
        return text
    }

    /// The value of the first attribute of that local name; any namespace if none is named.
    package func attribute(_ name: String, namespace: String? = nil) -> String? {
        attributes.first {
            $0.name == name && (namespace == nil || $0.namespace == namespace)
        }?.value
    }

    /// The first element directly below of that local name, in any namespace.
    package func first(_ name: String) -> XMLElement? {
        for case .element(let element) in children where element.name == name { return element }
        return nil
    }

    private func appendText(to text: inout String) {
        for child in children {
            switch child {
            case .text(let part): text += part
            case .element(let element): element.appendText(to: &text)
            }
        }
    }
}

/// An attribute by its local name.
package struct XMLAttribute: Sendable, Equatable {
    package let name: String
    /// URI; nil for an attribute without prefix, which has no namespace.
    package let namespace: String?
    /// References resolved, white space normalised to spaces.
    package let value: String

    package init(_ name: String, namespace: String? = nil, _ value: String) {
        (self.name, self.namespace, self.value) = (name, namespace, value)
    }
}

/// What an element holds.
package enum XMLContent: Sendable, Equatable {
    case element(XMLElement)
    case text(String)
}
