package import Store
package import Telemetry

/// What every pass needs beside its plan.
package struct IngestContext: Sendable {
    package let store: Store
    package let membership: Membership
    package let log: Log
    package let metrics: Metrics

    package init(
        store: Store, membership: Membership, log: Log, metrics: Metrics
    ) {
        (self.store, self.membership, self.log, self.metrics) = (store, membership, log, metrics)
    }
}
