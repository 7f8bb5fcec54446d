/// Entities as Atom (RFC 4287) with the properties of version 2, tombstones as RFC 6721.
struct V2Atom: Sendable {
    let links: ERPLinks
    let namespace: String
    /// The names of the namespaces are the writer's choice; what they stand for is not.
    let hasOddPrefixes: Bool

    private static let atomURI = "http://www.w3.org/2005/Atom"
    private static let dataURI = "http://schemas.microsoft.com/ado/2007/08/dataservices"
    private static let metadataURI = dataURI + "/metadata"
    private static let relatedURI = dataURI + "/related/"

    private var a: String { hasOddPrefixes ? "atom:" : "" }
    private var m: String { hasOddPrefixes ? "meta:" : "m:" }
    private var d: String { hasOddPrefixes ? "data:" : "d:" }

    private var declarations: String {
        let names =
            hasOddPrefixes
            ? [
                ("xmlns:atom", Self.atomURI), ("xmlns:meta", Self.metadataURI),
                ("xmlns:data", Self.dataURI),
            ]
            : [("xmlns", Self.atomURI), ("xmlns:m", Self.metadataURI), ("xmlns:d", Self.dataURI)]
        let base = XMLText.escaped(links.serviceURL)
        return names.map { " \($0.0)=\"\($0.1)\"" }.joined() + " xml:base=\"\(base)\""
    }

    private static let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    func feed(_ page: ERPPage, set: String, now: Timestamp) -> String {
        var text = Self.head + feedElement(page, set: set, now: now, declarations)
        text += "\n"
        return text
    }

    func entry(_ entity: ERPEntity) -> String { Self.head + entry(entity, declarations) + "\n" }

    private func feedElement(
        _ page: ERPPage, set: String, now: Timestamp, _ declarations: String
    ) -> String {
        var text = "<\(a)feed\(declarations)>"
        text += element("id", links.serviceURL + set) + element("title", set)
        text += element("updated", now.iso())
        if let count = page.count { text += "<\(m)count>\(count)</\(m)count>" }
        for entity in page.entities { text += entry(entity, "") }
        for removal in page.removals {
            let reference = XMLText.escaped(links.serviceURL + removal.path)
            text += "<at:deleted-entry xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" "
            text += "ref=\"\(reference)\" when=\"\(removal.at.iso())\"/>"
        }
        if let next = page.next { text += link("next", links.next(next)) }
        if let delta = page.delta { text += link("delta", links.next(delta)) }
        return text + "</\(a)feed>"
    }

    private func entry(_ entity: ERPEntity, _ declarations: String) -> String {
        var text = "<\(a)entry\(declarations) \(m)etag=\"\(XMLText.escaped(entity.etag))\">"
        text += element("id", links.serviceURL + entity.path)
        text += element("title", entity.set.name)
        text += element("updated", entity.changedAt.iso())
        text += "<\(a)category term=\"\(namespace).\(entity.set.typeName)\" "
        text += "scheme=\"\(Self.dataURI)/scheme\"/>"
        text += link("edit", entity.path)
        for neighbour in entity.neighbours { text += self.neighbour(neighbour, of: entity) }
        var properties = "<\(m)properties>"
        for (property, value) in entity.properties { properties += self.property(property, value) }
        properties += "</\(m)properties>"
        if let type = entity.mediaType {
            let source = XMLText.escaped(entity.path + "/$value")
            text += link("edit-media", entity.path + "/$value")
            text += "<\(a)content type=\"\(type)\" src=\"\(source)\"/>" + properties
        } else {
            text += "<\(a)content type=\"application/xml\">\(properties)</\(a)content>"
        }
        return text + "</\(a)entry>"
    }

    private func neighbour(_ neighbour: ERPEntity.Neighbour, of entity: ERPEntity) -> String {
        let name = neighbour.navigation.name
        let kind = neighbour.navigation.isToMany ? "feed" : "entry"
        let href = XMLText.escaped("\(entity.path)/\(name)")
        var text = "<\(a)link href=\"\(href)\" rel=\"\(Self.relatedURI)\(name)\" "
        text += "type=\"application/atom+xml;type=\(kind)\" title=\"\(name)\""
        switch neighbour.content {
        case .deferred: return text + "/>"
        case .one(let one):
            text += "><\(m)inline>" + (one.map { entry($0, "") } ?? "") + "</\(m)inline>"
        case .many(let many, let next):
            let page = ERPPage(entities: many, next: next)
            text += "><\(m)inline>"
            text += feedElement(
                page, set: "\(entity.path)/\(name)", now: entity.changedAt, "")
            text += "</\(m)inline>"
        }
        return text + "</\(a)link>"
    }

    private func property(_ property: ERPProperty, _ value: ERPValue) -> String {
        let type = property.type == .string ? "" : " \(m)type=\"Edm.\(property.type.rawValue)\""
        let name = d + property.name
        guard value != .null else { return "<\(name)\(type) \(m)null=\"true\"/>" }
        let text = XMLText.escaped(Self.text(value, property.type))
        return text.isEmpty ? "<\(name)\(type)/>" : "<\(name)\(type)>\(text)</\(name)>"
    }

    /// A value as version 2 writes it where there is no JSON: in Atom, and alone.
    static func text(_ value: ERPValue, _ type: EdmType) -> String {
        switch value {
        case .null: ""
        case .text(let text), .number(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .moment(let ticks): ERPValue.iso(ticks) + (type == .dateTimeOffset ? "Z" : "")
        case .time(let seconds): V2JSON.duration(seconds)
        }
    }

    private func element(_ name: String, _ text: String) -> String {
        "<\(a)\(name)>\(XMLText.escaped(text))</\(a)\(name)>"
    }

    private func link(_ relation: String, _ href: String) -> String {
        "<\(a)link href=\"\(XMLText.escaped(href))\" rel=\"\(relation)\"/>"
    }
}
