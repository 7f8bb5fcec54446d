import JSON

/// The items of a page, already written.
struct ItemList {
    private(set) var count = 0
    private var bytes: [UInt8] = []

    /// Makes room for so many items like those that are there.
    mutating func reserve(_ more: Int) {
        guard count > 0 else { return }
        // A tenth more, as no two are alike.
        bytes.reserveCapacity(bytes.count + bytes.count / count * more / 10 * 11)
    }

    mutating func append(_ item: JSON) { append { $0 += item.serializedBytes() } }

    mutating func append(_ write: (inout [UInt8]) -> Void) {
        if count > 0 { bytes.append(UInt8(ascii: ",")) }
        write(&bytes)
        count += 1
    }

    mutating func repeatAll() {
        guard count > 0 else { return }
        bytes += [UInt8(ascii: ",")] + bytes
        count *= 2
    }

    /// The page as a collection response, the link before the items.
    func page(context: String, link: (name: String, url: String)?) -> [UInt8] {
        var head: [(name: String, value: JSON)] = [("@odata.context", .string(context))]
        if let link { head.append((link.name, .string(link.url))) }
        var page = JSON.object(JSON.Members(head)).serializedBytes()
        page.removeLast()
        page.reserveCapacity(page.count + bytes.count + 16)
        page += #","value":["#.utf8
        page += bytes
        page += "]}".utf8
        return page
    }
}
