import Dispatch

/// Runs an actor on a serial queue of its own instead of Swift's cooperative pool.
///
/// libpq blocks while it waits; the cooperative pool has one thread per core and never adds one.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
