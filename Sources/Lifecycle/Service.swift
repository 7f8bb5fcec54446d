/// Something that runs until it is cancelled; returning early is a failure.
package protocol Service: Sendable {
    var name: String { get }
    func run() async throws
}

/// A service ended, and with it the daemon.
package struct ServiceFailure: Error, CustomStringConvertible {
    package let service: String
    package let reason: (any Error)?

    package var description: String {
        "service \(service) ended: \(reason.map { "\($0)" } ?? "it returned")"
    }
}

/// Runs the services side by side until one ends, then cancels the rest and waits for them.
///
/// Cancelling the surrounding task is the orderly end: then nothing is thrown.
///
/// - Parameter services: What to run.
/// - Throws: ``ServiceFailure``, naming the service that ended first.
package func runServices(_ services: [any Service]) async throws(ServiceFailure) {
    let failure = await withTaskGroup { group in
        for service in services {
            group.addTask {
                do {
                    try await service.run()
                    return ServiceFailure(service: service.name, reason: nil)
                } catch {
                    return ServiceFailure(service: service.name, reason: error)
                }
            }
        }
        let first = await group.next()
        group.cancelAll()
        return first
    }
    if let failure, !Task.isCancelled { throw failure }
}
