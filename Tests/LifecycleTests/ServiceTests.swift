import Lifecycle
import Testing

@Suite("runServices", .timeLimit(.minutes(5)))
struct ServiceTests {
    struct Broken: Error {}

    struct Failing: Service {
        let name = "poller"
        func run() async throws { throw Broken() }
    }

    struct Returning: Service {
        let name = "worker"
        func run() async throws {}
    }

    struct Patient: Service {
        let name = "admin"
        let isCancelled = Flag()

        func run() async throws {
            defer { isCancelled.raise() }
            try await waitForCancellation()
        }
    }

    @Test("names the service that failed first, cancels the others and waits for them")
    func failure() async {
        let patient = Patient()
        let failure = await #expect(throws: ServiceFailure.self) {
            try await runServices([patient, Failing()])
        }
        #expect(failure?.service == "poller")
        #expect(failure?.reason is Broken)
        #expect(patient.isCancelled.isRaised)
    }

    @Test("takes a service that returns for a failure")
    func early() async {
        let patient = Patient()
        let failure = await #expect(throws: ServiceFailure.self) {
            try await runServices([Returning(), patient])
        }
        #expect(failure?.service == "worker")
        #expect(failure?.reason == nil)
        #expect(failure?.description == "service worker ended: it returned")
        #expect(patient.isCancelled.isRaised)
    }

    @Test("ends in silence when the task around it is cancelled")
    func cancellation() async throws {
        let patients = [Patient(), Patient()]
        let running = Task { try await runServices(patients) }
        running.cancel()
        try await running.value
        #expect(patients.allSatisfy { $0.isCancelled.isRaised })
    }
}
