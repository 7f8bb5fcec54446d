import Connectors
import Domain
import FoundationEssentials
import Store
import Telemetry

/// Reads one stream from where it stands to the end of its round, page by page.
///
/// A page is normalized and committed before the next one is asked for, so a crash costs at most
/// the page in hand, and the cursor is never ahead of the documents.
struct StreamPass: Sendable {
    let plan: ConnectorPlan
    let stream: Domain.Stream
    let context: IngestContext
    let startedAt: Date
    /// Read it also before its time.
    let isForced: Bool

    /// - Returns: What was committed, also when the pass failed on the way.
    func run() async throws(StoreError) -> PassReport {
        var report = PassReport()
        // Somebody else reads it: that is as good.
        guard var lease = try await claim() else { return report }
        let outcome: PassOutcome
        do {
            try await read(under: &lease, into: &report)
            outcome = .success
        } catch let error as ConnectorError {
            outcome = outcomeOf(error)
            report.failures.append(
                .init(
                    connector: stream.connector, scope: stream.scope, stream: stream.name,
                    kind: error.kind, message: error.description))
        } catch let error as StoreError {
            if case .leaseLost = error { return report }
            throw error
        } catch {
            throw .cancelled
        }
        // A little early, so that the next pass does not miss it by a moment.
        let next = startedAt.addingTimeInterval(0.9 * (plan.interval / .seconds(1)))
        try await context.store.release(lease, outcome: outcome, nextPollAt: next)
        return report
    }

    /// Takes the stream; a forced pass waits for one that is held, for its holder may be dead.
    private func claim() async throws(StoreError) -> StreamLease? {
        let deadline = ContinuousClock.now + Limits.claimDuration
        var isFirst = true
        while true {
            let lease = try await claimOnce()
            guard lease == nil, isForced, ContinuousClock.now < deadline else { return lease }
            if isFirst {
                context.log.info(
                    "waiting for the docket that reads this stream, or its lease to lapse",
                    ["connector": stream.connector, "scope": stream.scope, "stream": stream.name])
            }
            isFirst = false
            do { try await Task.sleep(for: Limits.claimInterval) } catch { throw .cancelled }
        }
    }

    private func claimOnce() async throws(StoreError) -> StreamLease? {
        do {
            return try await context.store.claim(
                stream, by: context.membership.now, onlyIfDue: !isForced)
        } catch {
            if error.isTransient { await context.membership.renew() }
            throw error
        }
    }

    private func outcomeOf(_ error: ConnectorError) -> PassOutcome {
        if case .parked(let until, _) = error { return .parked(until: until) }
        return .failed(error.description)
    }

    private func read(under lease: inout StreamLease, into report: inout PassReport) async throws {
        var links: Set<String> = []
        var emptyPages = 0
        var resets = 0
        while true {
            try Task.checkCancellation()
            if case .next(let link) = lease.cursor, !links.insert(link).inserted {
                throw ConnectorError.endless(url: stream.name)
            }
            let page: Page
            do {
                page = try await plan.reader.page(of: stream, at: lease.cursor)
            } catch .expired(let url, let reason) {
                resets += 1
                guard resets <= Limits.resetsMax, lease.cursor != .start else {
                    throw ConnectorError.expired(url: url, reason: reason)
                }
                context.log.warning(
                    "the cursor expired; reading the stream anew",
                    ["connector": stream.connector, "scope": stream.scope, "stream": stream.name])
                try await context.store.reset(&lease)
                links = []
                continue
            }
            emptyPages = page.records.isEmpty ? emptyPages + 1 : 0
            guard emptyPages <= Limits.emptyPagesMax else {
                throw ConnectorError.endless(url: stream.name)
            }
            let commit = try await PageNormalizer(plan: plan, stream: stream, store: context.store)
                .commit(for: page)
            report.add(try await store(commit, under: &lease))
            report.pages += 1
            if commit.isRoundComplete { return }
        }
    }

    /// Commits a page; after a failure that leaves open whether it did, asks the database.
    private func store(
        _ commit: PageCommit, under lease: inout StreamLease
    ) async throws -> PageCounts {
        var pause = Limits.databasePause
        for attempt in 1... {
            let seq = lease.seq
            do {
                return try await context.store.commit(commit, under: &lease)
            } catch {
                guard error.isTransient, attempt < Limits.databaseAttemptsMax else { throw error }
                try await Task.sleep(for: pause)
                pause *= 2
                guard let held = try? await context.store.refresh(lease) else { continue }
                lease = held
                // The page is in: the answer was lost, not the commit.
                if held.seq > seq { return PageCounts() }
            }
        }
        throw StoreError.cancelled
    }
}
