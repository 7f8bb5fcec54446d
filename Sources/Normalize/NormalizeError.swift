package import Domain

/// A record that makes no document, and why.
package enum NormalizeError: Error, Equatable, CustomStringConvertible {
    /// The record is a removal, which says nothing about content.
    case removed(sourceID: String)
    /// The source's id cannot be a key: empty, too long, or with a NUL in it.
    case unusableSourceID(byteCount: Int)
    /// The payload is no JSON object.
    case noObject(sourceID: String)
    /// A partial update came where a whole record was needed.
    case missing(Path, sourceID: String)
    /// There is something, but no text.
    case noText(Pick, sourceID: String)
    case hashing(sourceID: String, reason: String)

    /// Never: the same record fails the same way.
    package var isTransient: Bool { false }

    /// A word to group failures by.
    package var reason: String {
        switch self {
        case .removed: "removal"
        case .unusableSourceID: "unusable_id"
        case .noObject: "no_object"
        case .missing: "missing_member"
        case .noText: "no_text"
        case .hashing: "hash"
        }
    }

    package var description: String {
        switch self {
        case .removed(let id):
            "record \(id) is a removal; file a tombstone instead"
        case .unusableSourceID(let count):
            "a record's id has \(count) bytes or a NUL; docket can file ids of 1 to "
                + "\(Limits.sourceIDByteCountMax) bytes"
        case .noObject(let id):
            "record \(id) is no JSON object; correct the definition's records path"
        case .missing(let path, let id):
            "record \(id) has no `\(path)`; read the whole record, or correct the mapping"
        case .noText(let pick, let id):
            "`\(pick)` of record \(id) is no text; correct the mapping"
        case .hashing(let id, let reason):
            "record \(id): \(reason)"
        }
    }
}
