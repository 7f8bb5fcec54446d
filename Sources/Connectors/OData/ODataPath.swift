/// Where in a record's payload something stands.
struct ODataPath {
    private let parts: [String]

    static let root = ODataPath(parts: [])

    var isRoot: Bool { parts.isEmpty }

    func adding(_ name: String) -> ODataPath { ODataPath(parts: parts + [name]) }

    func adding(_ index: Int) -> ODataPath { adding(String(index)) }

    /// The rest of the collection that stands there.
    func openLink(_ url: String) throws(ODataError) -> ODataRecord.OpenLink {
        let length = parts.reduce(0) { $0 + $1.utf8.count + 1 }
        guard length <= Limits.linkPathByteCountMax else {
            throw .malformed(
                "an expanded collection whose place takes more than "
                    + "\(Limits.linkPathByteCountMax) bytes")
        }
        return ODataRecord.OpenLink(path: parts.joined(separator: "/"), url: url)
    }
}
