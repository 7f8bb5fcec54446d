import XML

extension ODataSchema {
    /// Reads `$metadata`; what it says beyond sets and types is passed over.
    package static func parse(_ bytes: [UInt8]) throws(ODataError) -> ODataSchema {
        if case .other(let what) = ODataBody(bytes, contentType: nil) { throw .notOData(what) }
        var limits = XMLLimits()
        limits.nodeCountMax = Limits.schemaNodeCountMax
        let root: XMLElement?
        do { root = try XMLDocument(parsing: bytes, limits: limits).root } catch {
            throw .xml(error)
        }
        guard let root, root.name == "Edmx" else {
            if let root, let failure = ODataFailure(xml: root) { throw .refused(failure) }
            throw .notOData("an XML document of `\(ODataBody.words(root?.name ?? ""))`")
        }
        let schemas = (root.first("DataServices") ?? root).elements.filter { $0.isSchema("Schema") }
        guard !schemas.isEmpty else { throw .malformed("a schema without `Schema`") }
        var reader = ODataSchemaReader()
        for schema in schemas { reader.note(schema) }
        return ODataSchema(sets: reader.sets())
    }
}

/// Brings together what schemas say of one thing in several places, in any order.
private struct ODataSchemaReader {
    /// By qualified name.
    private var types: [String: XMLElement] = [:]
    private var containers: [XMLElement] = []
    /// Aliases to namespaces.
    private var aliases: [String: String] = [:]

    mutating func note(_ schema: XMLElement) {
        let name = schema.attribute("Namespace") ?? ""
        if let alias = schema.attribute("Alias") { aliases[alias] = name }
        for element in schema.elements {
            if element.isSchema("EntityType"), let type = element.attribute("Name") {
                types["\(name).\(type)"] = element
            } else if element.isSchema("EntityContainer") {
                containers.append(element)
            }
        }
    }

    func sets() -> [String: ODataSchema.EntitySet] {
        var sets: [String: ODataSchema.EntitySet] = [:]
        for container in containers {
            for element in container.elements where element.isSchema("EntitySet") {
                guard let name = element.attribute("Name") else { continue }
                sets[name] = set(name, element)
            }
        }
        return sets
    }

    private func set(_ name: String, _ element: XMLElement) -> ODataSchema.EntitySet {
        var keys: [String] = []
        var properties: [String: String] = [:]
        for type in lineage(element.attribute("EntityType") ?? "") {
            for part in type.elements where ODataNamespace.isSchema(part.namespace) {
                let name = part.attribute("Name") ?? part.name
                switch part.name {
                case "Key":
                    keys += part.elements.compactMap { $0.attribute("Name") }
                case "Property":
                    properties[name] = part.plainAttribute("Type") ?? "Edm.String"
                default: break
                }
            }
        }
        return ODataSchema.EntitySet(
            name: name,
            keys: keys.map { ODataSchema.Key(name: $0, type: properties[$0] ?? "Edm.String") },
            properties: properties)
    }

    /// A type and those it inherits from, the first of them first.
    private func lineage(_ name: String) -> [XMLElement] {
        var lineage: [XMLElement] = []
        var next: String? = name
        while let name = next, let type = type(name), lineage.count < Limits.schemaInheritanceMax {
            lineage.insert(type, at: 0)
            next = type.attribute("BaseType")
        }
        return lineage
    }

    private func type(_ name: String) -> XMLElement? {
        if let type = types[name] { return type }
        guard let dot = name.lastIndex(of: "."), let namespace = aliases[String(name[..<dot])]
        else { return nil }
        return types[namespace + name[dot...]]
    }
}

extension XMLElement {
    fileprivate func isSchema(_ name: String) -> Bool {
        self.name == name && ODataNamespace.isSchema(namespace)
    }

    /// Of no namespace: a vendor's annotation may have the same name.
    fileprivate func plainAttribute(_ name: String) -> String? {
        attributes.first { $0.name == name && $0.namespace == nil }?.value
    }
}
