import Connectors
import Domain
import Store

/// What is filed of a stream, for the feed that reads it.
struct StreamMarks: Filed {
    let store: Store
    let stream: Domain.Stream.ID

    func marks() async throws -> [String: String] { try await store.marks(of: stream) }
}
