import Domain
import Store

/// What is filed already, as far as making documents of a page depends on it.
protocol Filing: Sendable {
    func filed(
        connector: String, sourceIDs: [String]
    ) async throws(StoreError) -> [String: FiledRecord]

    func containers(
        around ids: [String], in stream: Domain.Stream.ID
    ) async throws(StoreError) -> [Container]
}

extension Store: Filing {}

/// Nothing is, and nothing will be.
struct NothingFiled: Filing {
    func filed(connector: String, sourceIDs: [String]) -> [String: FiledRecord] { [:] }

    func containers(around ids: [String], in stream: Domain.Stream.ID) -> [Container] { [] }
}
