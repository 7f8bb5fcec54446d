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
    /// Of children and access.
    var failures: [Extras.ContentFailure] = []
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
        switch try await children(of: record, in: stream) {
        case .failure(let failure): belongings.failures.append(failure)
        case .success(nil): break
        case .success(let children?):
            var found: [Belongings.Child] = []
            for child in children {
                found.append(
                    Belongings.Child(
                        record: child.record, mapping: child.mapping,
                        content: try await content(of: record, child: child, in: stream)))
            }
            belongings.children = found
        }
        switch try await access(to: record, in: stream) {
        case .failure(let failure): belongings.failures.append(failure)
        case .success(let access): belongings.access = access
        }
        return belongings
    }
}
