import Domain
import JSON

/// Asks which members the records of a stream have, once a pass, and again when told to forget.
///
/// What may not be seen is not listed, and asking for it by name would be refused; so nothing is
/// asked for that is not listed.
actor Describer {
    private let builder: RecordBuilder
    private var known: [String: String]?
    private var hasForgotten = false
    /// What related objects have is not listed here, and not everybody may see it.
    private var takesRelated = true

    init(builder: RecordBuilder) { self.builder = builder }

    /// After a refusal of what was asked for; after another one, nothing is asked of related
    /// objects any more.
    func forget() {
        known = nil
        if hasForgotten { takesRelated = false }
        hasForgotten = true
    }

    /// `fields`, the names to ask for, with commas; and the names that `first` chooses.
    ///
    /// - Throws: ``ConnectorError/missing(url:reason:)`` where the endpoint has no such records.
    func values() async throws(ConnectorError) -> [String: String] {
        if let known { return known }
        guard let describe = builder.feed.describe else { return [:] }
        let call = Call(
            describe.request, base: try await builder.requester.base(), builder.values,
            scope: builder.stream.scope)
        let answer = try await builder.requester.json(call)
        guard let members = describe.members.first(in: answer.value)?.arrayValue else {
            throw .unexpected(
                url: withoutQuery(answer.url), reason: "no list at `\(describe.members)`")
        }
        let usable = members.filter { member in
            !describe.skip.contains { $0.holds(of: member) }
        }
        let names = usable.compactMap { describe.name.first(in: $0)?.scalarText }
        let relations = Set(
            usable.compactMap { describe.relation?.first(in: $0)?.scalarText })
        var values: [String: String] = [:]
        for (variable, candidates) in describe.first {
            guard let name = candidates.first(where: { names.contains($0) }) else {
                throw .unexpected(
                    url: withoutQuery(answer.url),
                    reason: "none of \(candidates.joined(separator: ", ")) is there to be seen")
            }
            values[variable] = name
        }
        for (variable, path) in describe.flags
        where path.first(in: answer.value) == .bool(true) {
            values[variable] = "true"
        }
        values["fields"] = chosen(names, relations, values).joined(separator: ",")
        known = values
        return values
    }

    /// All members, or those the connector names and the mapping needs; and of related objects
    /// what the mapping needs.
    private func chosen(
        _ names: [String], _ relations: Set<String>, _ firsts: [String: String]
    ) -> [String] {
        let values = builder.values.merging(firsts) { $1 }
        let mapped = builder.reader.definition.mapping.mapping(values).paths
        var wanted = names
        if let asked = builder.values["fields"] {
            let own = Set(asked.split(separator: ",").map(String.init))
            let needed = Set(mapped.map(\.head)).union(firsts.values)
                .union([builder.feed.id.head]).union(builder.feed.removed.map(\.path.head))
            wanted = names.filter { own.contains($0) || needed.contains($0) }
        }
        guard takesRelated else { return wanted }
        var seen = Set(wanted)
        let related = mapped.filter { $0.depth > 1 && relations.contains($0.head) }
            .map { $0.description.replacing("/", with: ".") }
            .filter { seen.insert($0).inserted }
        return wanted + related
    }
}

extension Mapping {
    /// Every path it reads.
    var paths: [Path] {
        let lists = [
            title, author, participants, createdAt, modifiedAt, sourceURL, body.content, body.html,
        ]
        return (lists.flatMap(\.self) + metadata.sorted { $0.key < $1.key }.map(\.value))
            .flatMap(\.paths)
    }
}

extension Pick {
    fileprivate var paths: [Path] {
        switch self {
        case .path(let path), .split(let path, _): [path]
        case .joined(let paths, _): paths
        }
    }
}
