import Lifecycle
import Testing

@Suite("withDeadline", .timeLimit(.minutes(5)))
struct DeadlineTests {
    struct Broken: Error {}

    @Test("gives what the body returns, and cancels the clock")
    func inTime() async throws {
        // If the clock were not cancelled, the suite's own limit would come first.
        #expect(try await withDeadline(.seconds(3600)) { 7 } == 7)
    }

    @Test("throws what the body throws")
    func failing() async {
        await #expect(throws: Broken.self) {
            try await withDeadline(.seconds(3600)) { throw Broken() }
        }
    }

    @Test("cancels a body that takes too long, waits for it, and says how long it had")
    func late() async {
        let isCancelled = Flag()
        let error = await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.milliseconds(1)) {
                defer { isCancelled.raise() }
                try await waitForCancellation()
            }
        }
        #expect(error?.limit == .milliseconds(1))
        #expect(isCancelled.isRaised)
    }

    @Test("passes the cancellation of the task around it on to the body")
    func cancelled() async {
        let isCancelled = Flag()
        let waiting = Task {
            try await withDeadline(.seconds(3600)) {
                defer { isCancelled.raise() }
                try await waitForCancellation()
            }
        }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(isCancelled.isRaised)
    }
}

@Suite("waitForCancellation", .timeLimit(.minutes(5)))
struct CancellationTests {
    @Test("throws once the task is cancelled, also when it was before")
    func throwing() async {
        let waiting = Task { try await waitForCancellation() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await waitForCancellation()
        }
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test("does not return while nobody cancels")
    func patience() async throws {
        let hasEnded = Flag()
        let waiting = Task {
            defer { hasEnded.raise() }
            try await waitForCancellation()
        }
        for _ in 0..<100 { await Task.yield() }
        #expect(!hasEnded.isRaised)
        waiting.cancel()
        _ = await waiting.result
        #expect(hasEnded.isRaised)
    }
}

@Suite("Flag")
struct FlagTests {
    @Test("is raised for good, and for every task")
    func raising() async {
        let flag = Flag()
        #expect(!flag.isRaised)
        await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { flag.raise() } }
        }
        #expect(flag.isRaised)
        flag.raise()
        #expect(flag.isRaised)
    }
}
