package import Connectors
import Domain
package import Store

/// What the next pass over a connector would do that the one before did not: the difference
/// between the configuration and what is filed.
package struct Forecast: Sendable, Equatable {
    package enum Change: String, Sendable {
        /// A scope or stream is read for the first time.
        case add
        /// A scope or stream is not read any more, and its documents go.
        case remove
        /// What a stream shows is decided otherwise now: it is read from the beginning.
        case readAgain = "read_again"
        /// Deletions that a person has approved.
        case delete
        /// Deletions that wait for a person; nothing happens.
        case wait
    }

    package struct Item: Sendable, Equatable {
        package let change: Change
        package let scope: String
        /// Nil: the scope as a whole.
        package var stream: String?
        /// Nil where nobody knows yet.
        package var documents: Int?
        /// They would not go at once, but wait for approval.
        package var isHeld = false
    }

    package let items: [Item]

    /// Looks at the difference; asks endpoints for the streams of their scopes, and stores nothing.
    ///
    /// - Parameters:
    ///   - plan: The connector as it is configured now.
    ///   - store: What is filed; nil: nothing, not even a schema.
    ///   - isOffline: Believe the last listing of every scope.
    /// - Returns: The items, and why scopes could not be listed.
    /// - Throws: `StoreError`; ``ConnectorError`` where nothing can be compared.
    package static func make(
        for plan: ConnectorPlan, _ store: Store?, isOffline: Bool
    ) async throws -> (forecast: Forecast, problems: [(scope: String, error: ConnectorError)]) {
        let streams = try await store?.knownStreams(of: plan.name) ?? []
        let scopes = try await store?.knownScopes(of: plan.name) ?? []
        var forecast = Comparison(plan: plan, streams: streams, scopes: scopes)
        var problems: [(scope: String, error: ConnectorError)] = []
        for scope in plan.reader.scopes {
            try Task.checkCancellation()
            guard forecast.isKnown(scope) else {
                forecast.add(scope)
                continue
            }
            do {
                let listed = isOffline ? nil : try await plan.reader.streams(of: scope)
                try forecast.compare(scope, listed)
            } catch {
                if error == .cancelled { throw CancellationError() }
                problems.append((scope.name, error))
                try forecast.compare(scope, nil)
            }
        }
        forecast.forget()
        let gone = try await store?.documents(onlyIn: forecast.gone.map(\.id)) ?? [:]
        return (Forecast(items: forecast.items(gone)), problems)
    }
}

/// The configuration beside what is filed.
private struct Comparison {
    private let plan: ConnectorPlan
    private let streams: [String: [KnownStream]]
    private let scopes: [KnownScope]
    private var found: [Forecast.Item] = []
    /// Streams that are not read any more.
    private(set) var gone: [KnownStream] = []

    init(plan: ConnectorPlan, streams: [KnownStream], scopes: [KnownScope]) {
        (self.plan, self.scopes) = (plan, scopes)
        self.streams = Dictionary(grouping: streams, by: \.scope)
    }

    func isKnown(_ scope: Scope) -> Bool { streams[scope.name] != nil }

    mutating func add(_ scope: Scope) { found.append(.init(change: .add, scope: scope.name)) }

    /// - Parameters:
    ///   - scope: One of which there are streams.
    ///   - listed: Its streams now; nil: unknown, so those that are known.
    /// - Throws: ``ConnectorError/unexpected(url:reason:)`` where a fingerprint cannot be made.
    mutating func compare(_ scope: Scope, _ listed: [Domain.Stream]?) throws(ConnectorError) {
        let known = streams[scope.name] ?? []
        let now =
            listed ?? known.map { plan.reader.stream(in: scope, key: $0.key, name: $0.name) }
        for stream in now {
            guard let old = known.first(where: { $0.key == stream.key }) else {
                found.append(.init(change: .add, scope: scope.name, stream: stream.name))
                continue
            }
            let fingerprint = try plan.reader.fingerprint(of: stream)
            guard let former = old.fingerprint, former != fingerprint, !old.isAtStart else {
                continue
            }
            found.append(
                .init(
                    change: .readAgain, scope: scope.name, stream: stream.name,
                    documents: old.documents))
        }
        let keys = Set(now.map(\.key))
        gone += known.filter { !keys.contains($0.key) }
    }

    /// Scopes that the configuration does not name.
    mutating func forget() {
        let names = Set(plan.reader.scopes.map(\.name))
        for (scope, known) in streams.sorted(by: { $0.key < $1.key })
        where !names.contains(scope) {
            gone += known
        }
    }

    /// What was found, then what goes, then what has waited or may go by now.
    ///
    /// - Parameter counts: Documents that go with each stream.
    /// - Returns: Of a scope that the configuration does not name, one item for all its streams.
    func items(_ counts: [Domain.Stream.ID: Int]) -> [Forecast.Item] {
        let names = Set(plan.reader.scopes.map(\.name))
        var items = found
        for (scope, gone) in Dictionary(grouping: gone, by: \.scope).sorted(by: { $0.key < $1.key })
        {
            let total = gone.compactMap { counts[$0.id] }.reduce(0, +)
            let isHeld = isHeld(total, of: scope)
            if names.contains(scope) {
                items += gone.map {
                    .init(
                        change: .remove, scope: scope, stream: $0.name,
                        documents: counts[$0.id] ?? 0, isHeld: isHeld)
                }
            } else {
                items.append(
                    .init(change: .remove, scope: scope, documents: total, isHeld: isHeld))
            }
        }
        for scope in scopes where scope.removed > 0 {
            if scope.heldAt != nil {
                items.append(
                    .init(
                        change: .wait, scope: scope.name, documents: scope.removed, isHeld: true))
            } else if scope.approved > 0 {
                items.append(.init(change: .delete, scope: scope.name, documents: scope.removed))
            }
        }
        return items
    }

    /// Whether so many documents more would wait for a person.
    private func isHeld(_ count: Int, of scope: String) -> Bool {
        guard let known = scopes.first(where: { $0.name == scope }) else { return false }
        return Settlement.isHeld(
            known.removed + count, of: known.documents, approved: known.approved,
            above: plan.holdAbove)
    }
}
