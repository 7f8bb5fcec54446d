import Foundation

/// How much is tried: a little with the other tests, all of it by `make mutation`.
///
/// A run follows from its seed but for the moments at which things meet.
struct MutationPlan: Sendable {
    let seeds: [UInt64]
    let duration: Duration
    let connectors: [MutatedConnector]

    static let shared = MutationPlan(ProcessInfo.processInfo.environment)

    private init(_ environment: [String: String]) {
        func words(_ name: String) -> [String] {
            environment["DOCKET_MUTATION_\(name)", default: ""].split(separator: " ")
                .map(String.init)
        }
        let numbers = words("SEEDS").compactMap(UInt64.init)
        seeds = numbers.isEmpty ? [1] : numbers
        duration = .seconds(words("SECONDS").first.flatMap(Int.init) ?? 6)
        let names = words("CONNECTORS")
        let unknown = Set(names).subtracting(MutatedConnector.all.map(\.name))
        precondition(unknown.isEmpty, "DOCKET_MUTATION_CONNECTORS: no \(unknown.sorted())")
        connectors = MutatedConnector.all.filter { names.isEmpty || names.contains($0.name) }
    }
}
