import XML

/// The namespaces of OData's XML.
///
/// Those before version 4 lie on a vendor's host and differ by year; they are known by the rest
/// of their path.
enum ODataNamespace {
    static func isMetadata(_ uri: String?) -> Bool {
        guard let uri else { return false }
        return uri.hasSuffix("/dataservices/metadata") || uri == oasis + "metadata"
    }

    static func isData(_ uri: String?) -> Bool {
        guard let uri else { return false }
        return uri.hasSuffix("/ado/2007/08/dataservices") || uri == oasis + "data"
    }

    /// Of schemas, whatever their version.
    static func isSchema(_ uri: String?) -> Bool { uri?.hasSuffix("/edm") ?? false }

    private static let oasis = "http://docs.oasis-open.org/odata/ns/"
}

extension XMLElement {
    func isAtom(_ name: String) -> Bool {
        self.name == name && namespace == "http://www.w3.org/2005/Atom"
    }

    func isMetadata(_ name: String) -> Bool {
        self.name == name && ODataNamespace.isMetadata(namespace)
    }
}

extension StringProtocol {
    /// Without white space at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
