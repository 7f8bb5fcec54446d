package import Store
package import Telemetry

/// What every pass needs beside its plan.
package struct IngestContext: Sendable {
    package let store: Store
    /// The incarnation of this daemon as of now; another one after its lease lapsed.
    package let instance: @Sendable () -> Instance
    package let log: Log
    package let metrics: Metrics

    package init(
        store: Store, instance: @escaping @Sendable () -> Instance, log: Log, metrics: Metrics
    ) {
        (self.store, self.instance, self.log, self.metrics) = (store, instance, log, metrics)
    }
}
