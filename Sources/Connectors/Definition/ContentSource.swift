import Domain

/// Where the bytes of a record are.
struct ContentSource: Sendable, Equatable {
    /// May name `{id}` and, for a child, `{child}`.
    let request: RequestTemplate
    /// The media type, the length in bytes and the file's name, as the record says.
    let type: Path?
    let size: Path?
    let name: Path?
    /// Equal means the bytes need not be fetched again.
    let hash: Path?
    /// Records that have none.
    let skip: [Condition]
    /// The attribute without which the records of a scope have none; nil: all have.
    let when: String?
    /// The size the record gives is that of the bytes, to the byte.
    let isSizeExact: Bool
}

/// Records within a record that become documents of their own, such as attachments.
struct ChildList: Sendable, Equatable {
    /// The boolean of the scope that asks for them; nil: always.
    let when: String?
    /// Records that have none; saves the request.
    let unless: [Condition]
    /// Where the record itself has them; else the request gives them.
    let inside: Path?
    let request: RequestTemplate?
    let records: Path?
    let next: Path?
    let id: Path
    /// What one is filed under behind its parent's and `#`, where two lists may have one id.
    let sourceID: Template?
    let skip: [Condition]
    let content: ContentSource?
    let mapping: MappingTemplate
}

/// Who may read a record at the source.
struct AccessList: Sendable, Equatable {
    /// The boolean of the scope that asks for it.
    let when: String
    let request: RequestTemplate
    let records: Path
    let next: Path?
    /// For each kind of reader the paths of their names.
    let principals: [String: [Path]]
    /// Of a container: it has other readers now, and so has everything below it.
    let spreads: [Condition]
}
