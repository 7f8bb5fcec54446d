import Lifecycle
package import Store
package import Telemetry

/// What has to be done to what is filed: words are noted for the search, and what is too old is
/// removed.
package struct Upkeep: Service {
    package let name = "upkeep"
    private let store: Store
    /// How long documents are kept, by connector.
    private let retentions: [String: Duration]
    private let log: Log

    package init(store: Store, retentions: [String: Duration], log: Log) {
        (self.store, self.retentions, self.log) = (store, retentions, log)
    }

    package func run() async throws {
        let clock = ContinuousClock()
        var removalAt = clock.now
        while true {
            try Task.checkCancellation()
            if clock.now >= removalAt {
                await removeOld()
                removalAt = clock.now + Limits.removalInterval
            }
            let startedAt = clock.now
            let count = await index()
            let pause =
                count > 0
                ? (clock.now - startedAt) * Limits.indexingRest : Limits.indexingInterval
            try await clock.sleep(for: pause)
        }
    }

    /// Does all there is to do now.
    package func complete() async {
        await removeOld()
        while !Task.isCancelled, await index() > 0 {}
    }

    private func index() async -> Int {
        do { return try await store.indexNext() } catch {
            if error != .cancelled { log.error("\(error)") }
            return 0
        }
    }

    private func removeOld() async {
        do throws(StoreError) {
            for (connector, duration) in retentions.sorted(by: { $0.key < $1.key }) {
                let count = try await store.expire(connector: connector, after: duration)
                if count > 0 {
                    log.info(
                        "removed old documents",
                        ["connector": connector, "documents": "\(count)"])
                }
            }
            try await store.pruneExchanges()
        } catch {
            if error != .cancelled { log.error("\(error)") }
        }
    }
}
