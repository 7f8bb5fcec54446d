import Connectors
import Domain
import FoundationEssentials
import Store
import Telemetry

/// Reads one stream from where it stands to the end of its round, page by page.
///
/// Pages are committed in their order, each with its cursor, so a crash costs at most the pages in
/// hand, and the cursor is never ahead of the documents.
struct StreamPass: Sendable {
    let plan: ConnectorPlan
    let stream: Domain.Stream
    /// Of what decides what the stream shows.
    let fingerprint: [UInt8]
    let context: IngestContext
    let startedAt: Date
    let kind: PassKind

    /// - Returns: What was committed, also when the pass failed on the way.
    func run() async throws(StoreError) -> PassReport {
        var report = PassReport()
        // Nil where somebody else reads it, which is as good.
        while var lease = try await claim() {
            do {
                // From where the database stands, if it forgot pages that it had confirmed.
                while try await !read(under: &lease, into: &report) {}
                try await release(lease, .success)
            } catch let error as ConnectorError {
                report.failures.append(
                    .init(
                        connector: stream.connector, scope: stream.scope, stream: stream.name,
                        kind: error.kind, message: error.description))
                try await release(lease, outcomeOf(error))
            } catch let error as StoreError {
                // Held by this daemon still, nobody would get it for a quarter of an hour.
                do { try await release(lease, .failed("\(error)")) } catch {
                    if error.isTransient { context.membership.doubt() }
                }
                guard error == .leaseLost else { throw error }
                if kind != .due { continue }
            } catch {
                throw .cancelled
            }
            break
        }
        return report
    }

    private func release(_ lease: StreamLease, _ outcome: PassOutcome) async throws(StoreError) {
        // A little early, so that the next pass does not miss it by a moment.
        let next = startedAt.addingTimeInterval(0.9 * (plan.interval / .seconds(1)))
        var pause = Limits.databasePause
        for attempt in 1... {
            do {
                return try await context.store.release(lease, outcome: outcome, nextPollAt: next)
            } catch {
                guard error.isTransient, attempt < Limits.databaseAttemptsMax else { throw error }
                do { try await Task.sleep(for: pause) } catch { throw .cancelled }
                pause *= 2
            }
        }
    }

    /// Takes the stream; a forced pass waits for one that is held, for its holder may be dead.
    private func claim() async throws(StoreError) -> StreamLease? {
        let deadline = ContinuousClock.now + Limits.claimDuration
        var isFirst = true
        while true {
            let lease = try await claimOnce()
            guard lease == nil, kind != .due, ContinuousClock.now < deadline else { return lease }
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
                stream, by: context.membership.now, fingerprint: fingerprint,
                onlyIfDue: kind == .due)
        } catch {
            if error.isTransient { await context.membership.renew() }
            throw error
        }
    }

    private func outcomeOf(_ error: ConnectorError) -> PassOutcome {
        if case .parked(let until, _) = error { return .parked(until: until) }
        return .failed(error.description)
    }

    /// - Returns: False where the database stands before what it had confirmed: what is in hand
    ///   was read for another place, and all is to begin at the place the lease says.
    private func read(
        under lease: inout StreamLease, into report: inout PassReport
    ) async throws -> Bool {
        let store = context.store
        let id = lease.streamID
        let feed = plan.reader.feed(of: stream, filed: StreamMarks(store: store, stream: id))
        if lease.isOutdated {
            context.log.info(
                "scope or definition changed; reading the stream anew",
                ["connector": stream.connector, "scope": stream.scope, "stream": stream.name])
        }
        if kind == .full || lease.isOutdated || feed.startsAnew(at: lease.cursor, now: startedAt),
            lease.cursor != .start
        {
            try await store.reset(&lease)
        }
        let normalizer = PageNormalizer(plan: plan, stream: stream, filing: store)
        var round = Round(lease.cursor)
        var ahead: Task<PageNormalizer.Prepared, any Error>?
        defer { ahead?.cancel() }
        while true {
            try Task.checkCancellation()
            try round.begin(lease.cursor, stream)
            let prepared: PageNormalizer.Prepared
            do {
                let page = ahead ?? reading(feed, at: lease.cursor, normalizer)
                prepared = try await withTaskCancellationHandler {
                    try await page.value
                } onCancel: {
                    page.cancel()
                }
                ahead = nil
            } catch let error as ConnectorError {
                ahead = nil
                try await begin(anew: &round, after: error, &lease)
                continue
            }
            try round.note(prepared.page, stream)
            // While this page is committed, the next one is on its way. Not beyond a round: some
            // endpoints take the question for changes as a receipt.
            if case .next = prepared.page.cursor {
                ahead = reading(feed, at: prepared.page.cursor, normalizer)
            }
            let (commit, paths) = try await normalizer.complete(
                prepared, in: id, isReadAgain: lease.epoch > 1)
            if let paths { round.note(paths, of: prepared.page) }
            guard let counts = try await self.store(commit, under: &lease) else { return false }
            report.add(counts)
            report.pages += 1
            guard commit.isRoundComplete else { continue }
            let startsAnew = feed.startsAnew(at: lease.cursor, now: startedAt)
            // Whoever asks for a pass wants to see the source as it is now, and not as it was when
            // the round was begun; a poll has its next time.
            if round.mustBeginAnew || (round.isOld && startsAnew && kind != .due) {
                try await store.reset(&lease)
                round = Round(lease.cursor)
            } else if round.isOld, !startsAnew {
                round.isOld = false
            } else {
                break
            }
        }
        return try await fetchAgain(normalizer, &lease, &report)
    }

    private func reading(
        _ feed: any PageFeed, at cursor: Cursor, _ normalizer: PageNormalizer
    ) -> Task<PageNormalizer.Prepared, any Error> {
        Task { try await normalizer.prepare(try await feed.page(at: cursor)) }
    }

    /// After an error that says so, the stream is read from the beginning.
    private func begin(
        anew round: inout Round, after error: ConnectorError, _ lease: inout StreamLease
    ) async throws {
        switch error {
        case .expired, .lostPlace: break
        default: throw error
        }
        round.resets += 1
        guard round.resets <= Limits.resetsMax, lease.cursor != .start else { throw error }
        context.log.warning(
            "the cursor expired; reading the stream anew",
            ["connector": stream.connector, "scope": stream.scope, "stream": stream.name])
        try await context.store.reset(&lease)
        let resets = round.resets
        round = Round(lease.cursor)
        round.resets = resets
    }

    /// Contents that could not be fetched before are asked for again.
    ///
    /// - Returns: As ``read(under:into:)``.
    private func fetchAgain(
        _ normalizer: PageNormalizer, _ lease: inout StreamLease, _ report: inout PassReport
    ) async throws -> Bool {
        let records = try await context.store.unfetched(
            in: lease, attemptsMax: Limits.contentAttemptsMax)
        guard !records.isEmpty else { return true }
        let page = plan.reader.page(ofFiled: records, in: stream, at: lease.cursor)
        let prepared = try await normalizer.prepare(page)
        var (commit, _) = try await normalizer.complete(
            prepared, in: lease.streamID, isReadAgain: false)
        commit.isRoundComplete = false
        guard let counts = try await store(commit, under: &lease) else { return false }
        report.add(counts)
        return true
    }

    /// Commits a page; after a failure that leaves open whether it did, asks the database.
    ///
    /// - Returns: What became of its records; nil where the database stands before the page, as one
    ///   does that crashed with pages that were not on its disk yet. The lease says where.
    private func store(
        _ commit: PageCommit, under lease: inout StreamLease
    ) async throws -> PageCounts? {
        var pause = Limits.databasePause
        for attempt in 1... {
            let seq = lease.seq
            do {
                return try await context.store.commit(commit, under: &lease)
            } catch {
                let isRefused = error == .leaseLost
                guard isRefused || error.isTransient, attempt < Limits.databaseAttemptsMax else {
                    throw error
                }
                if !isRefused {
                    try await Task.sleep(for: pause)
                    pause *= 2
                }
                let held: StreamLease?
                do { held = try await context.store.refresh(lease) } catch { continue }
                guard let held else { throw StoreError.leaseLost }
                lease = held
                // The page is in: the answer was lost, not the commit.
                if held.seq > seq { return PageCounts() }
                if isRefused || held.seq < seq { return nil }
            }
        }
        throw StoreError.cancelled
    }
}
