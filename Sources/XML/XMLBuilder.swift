import CXML

/// Makes values of the elements of one name at one depth, from libxml2's events.
struct XMLBuilder {
    /// Complete and not yet taken.
    var complete: [XMLElement] = []

    private let name: String
    private let targetDepth: Int
    private var depth = 0
    /// Those open from the wanted element on.
    private var open: [XMLElement] = []
    private var pending: [UInt8] = []

    /// The root has depth 0.
    init(_ name: String, depth: Int) { (self.name, targetDepth) = (name, depth) }

    typealias Name = UnsafePointer<xmlChar>

    /// Of each attribute come local name, prefix, URI, begin and end of the value.
    mutating func start(
        _ name: Name, _ uri: Name?, _ attributes: UnsafeMutablePointer<Name?>?, _ count: Int
    ) {
        defer { depth += 1 }
        guard !open.isEmpty || depth == targetDepth else { return }
        let local = String(cString: name)
        guard !open.isEmpty || local == self.name else { return }
        flush()
        var element = XMLElement(local, namespace: uri.map { String(cString: $0) })
        for index in 0..<count {
            guard let part = attributes.map({ $0 + index * 5 }), let name = part[0],
                let begin = part[3], let end = part[4]
            else { continue }
            let value = String(
                decoding: UnsafeBufferPointer(start: begin, count: end - begin), as: UTF8.self)
            // Without entity substitution libxml2 leaves a reference to `&` for the tree to solve.
            element.attributes.append(
                XMLAttribute(
                    String(cString: name), namespace: part[2].map { String(cString: $0) },
                    value.utf8.contains(UInt8(ascii: "&"))
                        ? value.replacing("&#38;", with: "&") : value))
        }
        open.append(element)
    }

    mutating func text(_ bytes: UnsafeBufferPointer<xmlChar>) {
        if !open.isEmpty { pending += bytes }
    }

    mutating func end() {
        depth -= 1
        flush()
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            complete.append(element)
        } else {
            open[open.count - 1].children.append(.element(element))
        }
    }

    private mutating func flush() {
        guard !pending.isEmpty, !open.isEmpty else { return }
        let text = String(decoding: pending, as: UTF8.self)
        open[open.count - 1].children.append(.text(text))
        pending.removeAll(keepingCapacity: true)
    }
}
