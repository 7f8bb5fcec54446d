import JSON
import XML

/// Reads feeds and entries in Atom, by the URIs of their namespaces and in any order.
struct ODataAtomDecoder {
    let place: ODataPlace
    let set: ODataSchema.EntitySet?

    init(_ place: ODataPlace, _ set: ODataSchema.EntitySet?) {
        (self.place, self.set) = (place, set)
    }

    func answer(_ root: XMLElement) throws(ODataError) -> ODataAnswer {
        var answer = ODataAnswer()
        let base = base(of: root, within: nil)
        if root.isAtom("feed") {
            try read(feed: root, base, into: &answer)
        } else if root.isAtom("entry") {
            answer.records = [try record(root, base, 0)]
        } else if let failure = ODataFailure(xml: root) {
            throw .refused(failure)
        } else {
            throw .notOData("an XML document of `\(ODataBody.words(root.name))`")
        }
        answer.records.removeAll { ODataChange.isBeforeImage($0.payload) }
        return answer
    }

    private func read(
        feed: XMLElement, _ base: String?, into answer: inout ODataAnswer
    ) throws(ODataError) {
        for child in feed.elements {
            let own = self.base(of: child, within: base)
            if child.isAtom("entry") {
                answer.records.append(try record(child, own, answer.records.count))
            } else if child.isAtom("link"), let href = child.attribute("href") {
                let relation = child.attribute("rel") ?? ""
                if relation == "next" { answer.next = try place.absolute(href, base: own) }
                if relation == "delta" || relation.hasSuffix("/delta") {
                    answer.delta = try place.absolute(href, base: own)
                }
            } else if child.name == "deleted-entry", child.namespace == Self.tombstones {
                answer.records.append(try tombstone(child, answer.records.count))
            }
        }
    }

    private func tombstone(_ element: XMLElement, _ index: Int) throws(ODataError) -> ODataRecord {
        guard let address = element.attribute("ref")?.trimmed, !address.isEmpty else {
            throw .noKey(index: index)
        }
        return ODataRecord(
            key: ODataKey.canonical(address, serviceURL: place.serviceURL), isRemoved: true,
            payload: .object(JSON.Members()), openLinks: [])
    }

    private func record(
        _ entry: XMLElement, _ base: String?, _ index: Int
    ) throws(ODataError) -> ODataRecord {
        var links: [ODataRecord.OpenLink] = []
        let payload = try payload(entry, base, at: .root, &links)
        return ODataRecord(
            key: try key(entry, base, payload, index), isRemoved: ODataChange.isRemoval(payload),
            payload: payload, openLinks: links)
    }

    /// An entry's id is its address, or any other URI; then the link for editing is the address.
    private func key(
        _ entry: XMLElement, _ base: String?, _ payload: JSON, _ index: Int
    ) throws(ODataError) -> String {
        var addresses: [String] = []
        for child in entry.elements where child.isAtom("id") {
            addresses.append(child.text.trimmed)
        }
        for relation in ["edit", "self"] {
            for child in entry.elements where child.isAtom("link") {
                guard child.attribute("rel") == relation, let href = child.attribute("href")
                else { continue }
                addresses.append(
                    try place.absolute(href, base: self.base(of: child, within: base)))
            }
        }
        if let address = addresses.first(where: { $0.contains("(") }) ?? addresses.last,
            !address.isEmpty
        {
            return ODataKey.canonical(address, serviceURL: place.serviceURL)
        }
        guard place.needsKeys else { return "" }
        guard let set, let keys = ODataKey.predicate(set.keys, of: payload, version: 2) else {
            throw .noKey(index: index)
        }
        return "\(set.name)(\(keys))"
    }

    private func payload(
        _ entry: XMLElement, _ base: String?, at path: ODataPath,
        _ links: inout [ODataRecord.OpenLink]
    ) throws(ODataError) -> JSON {
        var pairs: [(name: String, value: JSON)] = []
        for child in entry.elements {
            if child.isMetadata("properties") {
                pairs += ODataAtomValue.members(child)
            } else if child.isAtom("content") {
                for inner in child.elements where inner.isMetadata("properties") {
                    pairs += ODataAtomValue.members(inner)
                }
            } else if child.isAtom("link"),
                let inline = child.elements.first(where: { $0.isMetadata("inline") }),
                let name = Self.navigation(child)
            {
                let own = self.base(of: child, within: base)
                let value = try expanded(inline, child, own, at: path.adding(name), &links)
                pairs.append((name, value))
            }
        }
        return .object(JSON.Members(pairs))
    }

    private func expanded(
        _ inline: XMLElement, _ link: XMLElement, _ base: String?, at path: ODataPath,
        _ links: inout [ODataRecord.OpenLink]
    ) throws(ODataError) -> JSON {
        let own = self.base(of: inline, within: base)
        if let entry = inline.elements.first(where: { $0.isAtom("entry") }) {
            return try payload(entry, self.base(of: entry, within: own), at: path, &links)
        }
        guard let feed = inline.elements.first(where: { $0.isAtom("feed") }) else {
            let isMany = link.attribute("type")?.contains("type=feed") ?? false
            return isMany ? .array([]) : .null
        }
        let inner = self.base(of: feed, within: own)
        var elements: [JSON] = []
        for child in feed.elements {
            let childBase = self.base(of: child, within: inner)
            if child.isAtom("entry") {
                let place = path.adding(elements.count)
                elements.append(try payload(child, childBase, at: place, &links))
            } else if child.isAtom("link"), child.attribute("rel") == "next",
                let href = child.attribute("href")
            {
                let url = try place.absolute(href, base: childBase)
                links.append(try path.openLink(url))
            }
        }
        return .array(elements)
    }

    /// The navigation property a link is about: the last part of its relation, `…/related/NAME`.
    private static func navigation(_ link: XMLElement) -> String? {
        guard let relation = link.attribute("rel"), let slash = relation.lastIndex(of: "/"),
            relation[..<slash].hasSuffix("/related")
        else { return link.attribute("title") }
        return String(relation[slash...].dropFirst())
    }

    /// `xml:base`, relative to that of what is around it.
    private func base(of element: XMLElement, within outer: String?) -> String? {
        let own = element.attribute("base", namespace: "http://www.w3.org/XML/1998/namespace")
        guard let own else { return outer }
        return (try? place.absolute(own, base: outer)) ?? outer
    }

    private static let tombstones = "http://purl.org/atompub/tombstones/1.0"
}
