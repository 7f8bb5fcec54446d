import Connectors
import Domain
import JSON

/// What belongs to a record, asked for as the daemon does.
struct Belongings {
    struct Child {
        let record: Record
        let mapping: Mapping
        let content: Result<Extras.Content?, Extras.ContentFailure>
    }

    var content: Result<Extras.Content?, Extras.ContentFailure> = .success(nil)
    /// The content is as it was when the record was last filed.
    var isContentKnown = false
    var children: [Child]?
    var access: JSON?
}

extension ConnectorReader {
    func belongings(
        of record: Record, in stream: Domain.Stream, filed: JSON?
    ) async throws(ConnectorError) -> Belongings {
        var belongings = Belongings()
        if let filed, isSameContent(record.payload, as: filed, of: nil) {
            belongings.isContentKnown = true
        } else {
            belongings.content = try await content(of: record, in: stream)
        }
        if let children = try await children(of: record, in: stream) {
            var found: [Belongings.Child] = []
            for child in children {
                found.append(
                    Belongings.Child(
                        record: child.record, mapping: child.mapping,
                        content: try await content(of: record, child: child, in: stream)))
            }
            belongings.children = found
        }
        belongings.access = try await access(to: record, in: stream)
        return belongings
    }
}
