import Domain
import JSON
import XML

/// An XML document as records: elements become members by their local names, and several of one
/// name a list; attributes become members with `@` before the name.
struct XMLRecords: ~Copyable {
    private let document: XMLDocument

    init(_ bytes: [UInt8]) throws(Unreadable) {
        do { document = try XMLDocument(parsing: bytes) } catch {
            throw Unreadable(reason: "not XML: \(error)")
        }
    }

    /// The elements of a name right below the root, one after the other, however many there are.
    static func items(named name: String, in bytes: [UInt8]) throws(Unreadable) -> [JSON] {
        do {
            var pull = try XMLPull(bytes, elements: name, depth: 1)
            var items: [JSON] = []
            while let element = try pull.next() { items.append(json(element)) }
            return items
        } catch {
            throw Unreadable(reason: "not XML: \(error)")
        }
    }

    /// The elements an XPath selects.
    borrowing func items(at xpath: String) throws(Unreadable) -> [JSON] {
        do { return try document.select(xpath, namespaces: [:]).map(Self.json) } catch {
            throw Unreadable(reason: "`\(xpath)`: \(error)")
        }
    }

    borrowing func text(at xpath: String) throws(Unreadable) -> String? {
        do { return try document.text(at: xpath) } catch {
            throw Unreadable(reason: "`\(xpath)`: \(error)")
        }
    }

    /// Of an element with nothing but text, that text; empty elements are empty texts.
    static func json(_ element: XMLElement) -> JSON {
        var order: [String] = []
        var values: [String: [JSON]] = [:]
        func add(_ name: String, _ value: JSON) {
            if values[name] == nil { order.append(name) }
            values[name, default: []].append(value)
        }
        for attribute in element.attributes { add("@\(attribute.name)", .string(attribute.value)) }
        for child in element.elements { add(child.name, json(child)) }
        let text = element.text
        if order.isEmpty { return .string(text) }
        if element.elements.isEmpty, !text.isEmpty { add("#text", .string(text)) }
        return .object(
            JSON.Members(
                order.map { name in
                    let all = values[name] ?? []
                    return (name: name, value: all.count == 1 ? all[0] : .array(all))
                }))
    }
}
