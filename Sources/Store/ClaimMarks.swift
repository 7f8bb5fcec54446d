/// Where the oldest waiting jobs were, for claims to begin there.
///
/// The index of waiting jobs keeps an entry of each job that was taken until vacuum removes it,
/// and vacuum removes none while a transaction anywhere on the server is open that is older. They
/// lie before the oldest waiting job, so every claim would read through all of them: after minutes
/// tens of thousands. Once there are many, claims begin at the marks, and only now and then one
/// looks from the beginning, for what came back behind a mark: rescued jobs, those given back, and
/// connectors that had no jobs.
struct ClaimMarks {
    /// The jobs of one recipe version and one connector.
    struct Lane {
        struct ID: Hashable {
            let recipe: String
            let fingerprint: [UInt8]
            let connector: String
        }

        let id: ID
        /// Nothing waits before this instant, as the database writes it, and this job.
        let dueFrom: String
        let jobFrom: Int64
    }

    private struct Known {
        var lanes: [Lane.ID: Lane] = [:]
        /// The marks are good until then.
        var fullLookAt: ContinuousClock.Instant?
    }

    private var known: [[RecipeVersion]: Known] = [:]

    /// Where to look for jobs.
    ///
    /// - Returns: Nil when it is to be everywhere, from the beginning.
    func lanes(of recipes: [RecipeVersion], at now: ContinuousClock.Instant) -> [Lane]? {
        guard let known = known[recipes], let end = known.fullLookAt, now < end else { return nil }
        return Array(known.lanes.values)
    }

    /// Notes down what a claim found.
    ///
    /// - Parameters:
    ///   - lanes: Where the next claims may begin.
    ///   - recipes: What was asked for.
    ///   - limit: How many jobs were, of each lane.
    ///   - entriesRead: Index entries that a look from the beginning took; nil for one at marks.
    ///   - now: When.
    mutating func note(
        _ lanes: [Lane], of recipes: [RecipeVersion], limit: Int, entriesRead: Int?,
        at now: ContinuousClock.Instant
    ) {
        var known = known[recipes] ?? Known()
        for lane in lanes { known.lanes[lane.id] = lane }
        if let entriesRead {
            let (alive, isOver) = limit.multipliedReportingOverflow(by: known.lanes.count + 1)
            let isMany = !isOver && entriesRead - alive > Limits.deadEntriesMax
            let pause = Limits.fullLookDuration * entriesRead
            known.fullLookAt = isMany ? now + max(pause, Limits.fullLookInterval) : nil
        }
        self.known[recipes] = known
    }
}
