import XML

extension ODataSchema {
    /// Reads `$metadata`; what it says beyond sets, types and paging is passed over.
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
        let version = root.attribute("Version")?.hasPrefix("4") ?? false ? 4 : 2
        let schemas = (root.first("DataServices") ?? root).elements.filter { $0.isSchema("Schema") }
        guard !schemas.isEmpty else { throw .malformed("a schema without `Schema`") }
        var reader = ODataSchemaReader()
        for schema in schemas { reader.note(schema) }
        return ODataSchema(version: version, sets: reader.sets())
    }
}

/// Brings together what schemas say of one thing in several places, in any order.
private struct ODataSchemaReader {
    /// By qualified name.
    private var types: [String: XMLElement] = [:]
    private var containers: [(schema: String, element: XMLElement)] = []
    /// Aliases to namespaces.
    private var aliases: [String: String] = [:]
    /// Annotations by what they are about.
    private var annotations: [String: [XMLElement]] = [:]

    mutating func note(_ schema: XMLElement) {
        let name = schema.attribute("Namespace") ?? ""
        if let alias = schema.attribute("Alias") { aliases[alias] = name }
        for element in schema.elements {
            if element.isSchema("EntityType"), let type = element.attribute("Name") {
                types["\(name).\(type)"] = element
            } else if element.isSchema("EntityContainer") {
                containers.append((name, element))
            } else if element.isSchema("Annotations"), let target = element.attribute("Target") {
                annotations[target, default: []] += element.elements
            }
        }
    }

    func sets() -> [String: ODataSchema.EntitySet] {
        var sets: [String: ODataSchema.EntitySet] = [:]
        for (schema, container) in containers {
            let place = "\(schema).\(container.attribute("Name") ?? "")/"
            let short = aliases.first { $0.value == schema }?.key
            for element in container.elements where element.isSchema("EntitySet") {
                guard let name = element.attribute("Name") else { continue }
                var notes = element.elements + (annotations[place + name] ?? [])
                if let short {
                    let other = "\(short).\(container.attribute("Name") ?? "")/\(name)"
                    notes += annotations[other] ?? []
                }
                sets[name] = set(name, element, notes)
            }
        }
        return sets
    }

    private func set(
        _ name: String, _ element: XMLElement, _ notes: [XMLElement]
    ) -> ODataSchema.EntitySet {
        var keys: [String] = []
        var properties: [String: ODataSchema.Property] = [:]
        var navigations: [String] = []
        var hasStream = false
        for type in lineage(element.attribute("EntityType") ?? "") {
            hasStream = hasStream || type.attribute("HasStream") == "true"
            for part in type.elements where ODataNamespace.isSchema(part.namespace) {
                guard let name = part.attribute("Name") ?? Optional(part.name) else { continue }
                switch part.name {
                case "Key":
                    keys += part.elements.compactMap { $0.attribute("Name") }
                case "Property":
                    properties[name] = ODataSchema.Property(
                        type: part.plainAttribute("Type") ?? "Edm.String",
                        isNullable: part.plainAttribute("Nullable") != "false")
                case "NavigationProperty": navigations.append(name)
                default: break
                }
            }
        }
        let unpaged =
            element.annotation("pageable") == "false"
            || Self.says("TopSupported", false, notes) || Self.says("SkipSupported", false, notes)
        let isTracked =
            element.annotation("change-tracking") == "true"
            || Self.says("ChangeTracking", true, notes)
        return ODataSchema.EntitySet(
            name: name,
            keys: keys.map {
                ODataSchema.Key(name: $0, type: properties[$0]?.type ?? "Edm.String")
            },
            properties: properties, navigations: navigations, hasStream: hasStream,
            isPageable: !unpaged, isDeltaEnabled: isTracked)
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

    /// Whether an annotation of version 4 has that value: `Bool` beside its term, or as the
    /// record's property `Supported`.
    private static func says(_ term: String, _ value: Bool, _ notes: [XMLElement]) -> Bool {
        notes.contains { note in
            guard note.isSchema("Annotation"),
                note.attribute("Term")?.hasSuffix(".\(term)") ?? false
            else { return false }
            let supported = note.first("Record")?.elements.first {
                $0.attribute("Property") == "Supported"
            }
            let holder = supported ?? note
            // A term without a value has its default, which is true.
            let said = holder.attribute("Bool") ?? holder.first("Bool")?.text ?? "true"
            return said == "\(value)"
        }
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

    /// Of any namespace, which is a vendor's.
    fileprivate func annotation(_ name: String) -> String? {
        attributes.first { $0.name == name && $0.namespace != nil }?.value
    }
}
