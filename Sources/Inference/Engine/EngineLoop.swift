import CKernels

/// The engine's own thread: takes requests, computes step by step, hands out results.
///
/// Each step mixes one token of every sequence that decodes with as much of the waiting prompts
/// as there is room for, so that the weights are read once for all.
struct EngineLoop {
    private let inbox: Inbox
    private let transformer: Transformer
    private let sequencesMax: Int
    private let reusesPrefixes: Bool
    private var pool: PagePool
    private var waiting: [Request] = []
    private var running: [Session] = []
    private var sampler = Sampler()

    init(inbox: Inbox, transformer: Transformer, options: EngineOptions) {
        self.inbox = inbox
        pool = PagePool(pageCount: transformer.pages.pageCount)
        self.transformer = transformer
        sequencesMax = options.sequences
        reusesPrefixes = options.reusesPrefixes
    }

    /// Computes until the inbox is closed.
    mutating func run() {
        while true {
            let delivery = inbox.take(wait: running.isEmpty && waiting.isEmpty)
            waiting += delivery.requests
            if delivery.isShuttingDown { return failAll() }
            drop(delivery.cancelled)
            admit()
            step()
        }
    }

    private mutating func failAll() {
        for session in running { session.request.fail(.shuttingDown) }
        for request in waiting { request.fail(.shuttingDown) }
        (running, waiting) = ([], [])
    }

    private mutating func drop(_ cancelled: Set<UInt64>) {
        guard !cancelled.isEmpty else { return }
        for request in waiting where cancelled.contains(request.id) {
            inbox.admitted(1)
            request.fail(.cancelled)
        }
        waiting.removeAll { cancelled.contains($0.id) }
        for session in running where cancelled.contains(session.request.id) {
            session.request.fail(.cancelled)
            pool.release(session.pages)
        }
        running.removeAll { cancelled.contains($0.request.id) }
    }

    /// Starts requests in the order they came, as far as sequences and pages last.
    private mutating func admit() {
        var count = 0
        defer {
            waiting.removeFirst(count)
            inbox.admitted(count)
        }
        while count < waiting.count, running.count < sequencesMax {
            let request = waiting[count]
            let prefix =
                reusesPrefixes
                ? pool.takePrefix(of: request.prompt.prefix(request.reusableCount)) : []
            guard let pages = pool.take(request.pageCount - prefix.count) else {
                return pool.release(prefix)
            }
            running.append(
                Session(
                    request: request, tokens: request.prompt,
                    computed: prefix.count * Page.positions, pages: prefix + pages))
            count += 1
        }
    }

    /// One forward pass over what the running sequences need next.
    private mutating func step() {
        var batch = Batch()
        var parts: [(index: Int, tokens: Int, logits: Int)] = []
        // Those that decode first: each needs one row, and somebody waits for each.
        let order = running.indices.sorted {
            (running[$0].isDecoding ? 0 : 1, $0) < (running[$1].isDecoding ? 0 : 1, $1)
        }
        for index in order where batch.count < transformer.workspace.rowsMax {
            takePrefix(index)
            let session = running[index]
            let chunk = session.chunk(
                rows: transformer.workspace.rowsMax - batch.count,
                logits: transformer.workspace.logitRowsMax - batch.wanted.count)
            guard !chunk.isEmpty else { continue }
            let before = batch.wanted.count
            batch.append(
                chunk, position: session.computed, pages: session.pages,
                wantedFrom: max(0, session.wantedFrom - session.computed))
            parts.append((index, chunk.count, batch.wanted.count - before))
        }
        guard !batch.isEmpty else { return }
        let needsSums = parts.contains { running[$0.index].request.needsProbabilities }
        let logits = Logits(transformer, batch, needsSums: needsSums)
        var row = 0
        var finished: Set<Int> = []
        for part in parts {
            let first = running[part.index].computed
            running[part.index].computed += part.tokens
            keepPrompt(of: running[part.index], computedBefore: first)
            if digest(part.index, rows: row..<row + part.logits, of: logits) {
                finished.insert(part.index)
            }
            row += part.logits
        }
        for index in finished { score(running[index]) }
        for index in finished { pool.release(running[index].pages) }
        running = running.indices.filter { !finished.contains($0) }.map { running[$0] }
    }

    /// Gives a session that is about to begin what has been kept since it was admitted: of many
    /// prompts that begin alike and come together, only the first computes the beginning.
    private mutating func takePrefix(_ index: Int) {
        guard reusesPrefixes, !running[index].hasBegun else { return }
        running[index].hasBegun = true
        let request = running[index].request
        let prefix = pool.takePrefix(of: request.prompt.prefix(request.reusableCount))
        pool.release(Array(running[index].pages[..<prefix.count]))
        running[index].pages.replaceSubrange(..<prefix.count, with: prefix)
        running[index].computed = prefix.count * Page.positions
    }

    private mutating func keepPrompt(of session: Session, computedBefore: Int) {
        let prompt = session.request.prompt
        guard reusesPrefixes, computedBefore < prompt.count else { return }
        pool.keep(prompt.prefix(session.computed), in: session.pages)
    }

    /// Uses the logits of one sequence's rows.
    ///
    /// - Returns: Whether the sequence is done.
    private mutating func digest(_ index: Int, rows: Range<Int>, of logits: Logits) -> Bool {
        guard !rows.isEmpty else { return false }
        let request = running[index].request
        switch request.work {
        case .generate(let maxTokens, let sampling, let observe, let completion):
            let greatest = logits.choices[rows.lowerBound]
            guard greatest >= 0 else { return fail(request) }
            let token = sampler.choose(
                sampling, row: logits.row(rows.lowerBound), greatest: greatest,
                output: running[index].output)
            running[index].tokens.append(token)
            let count = running[index].outputCount
            guard !observe(token) || count == maxTokens else { return false }
            completion(.success(count))
        case .logits(let completion):
            guard logits.choices[rows.lowerBound] >= 0 else { return fail(request) }
            completion(.success(Array(logits.row(rows.lowerBound))))
        case .trace(_, let completion):
            guard logits.choices[rows].allSatisfy({ $0 >= 0 }) else { return fail(request) }
            let first = running[index].computed - rows.count
            for row in rows {
                let next = first + row - rows.lowerBound + 1
                let tokens = running[index].tokens
                running[index].traces.append(
                    TokenTrace(
                        choice: logits.choices[row],
                        nextLogProbability: next < tokens.count
                            ? logits.logProbability(of: tokens[next], row: row) : nil))
            }
            guard running[index].pending.isEmpty else { return false }
            completion(.success(running[index].traces))
        case .score(let labels, _):
            guard logits.choices[rows.lowerBound] >= 0 else { return fail(request) }
            running[index].labelSums = labels.map {
                logits.logProbability(of: $0[0], row: rows.lowerBound)
            }
        }
        return true
    }

    private func fail(_ request: Request) -> Bool {
        request.fail(.notFinite)
        return true
    }

    /// Follows each label behind the computed prompt and completes a scoring.
    ///
    /// Each label continues the prompt's own pages; the last one, which the label writes to, is
    /// copied. As many labels as there is room for are computed in one step.
    private mutating func score(_ session: Session) {
        guard case .score(let labels, let completion) = session.request.work,
            var sums = session.labelSums
        else { return }
        let prompt = session.request.prompt.count
        let shared = prompt / Page.positions
        // The sequence's own spare pages serve the first label, so that one can always be
        // computed, however full the cache is.
        var spare = [Array(session.pages[shared...].dropFirst())]
        let span = (labels.map(\.count).max() ?? 1) - 1
        let pagesEach = Page.count(positions: prompt + span) - shared
        var next = 0
        while next < labels.count {
            var batch = Batch()
            var members: [Int] = []
            var used = 0
            while next < labels.count {
                let inputs = labels[next].dropLast()
                guard !inputs.isEmpty else {
                    next += 1
                    continue
                }
                let room = transformer.workspace.logitRowsMax - batch.wanted.count
                guard inputs.count <= room,
                    batch.count + inputs.count <= transformer.workspace.rowsMax
                else { break }
                if used == spare.count {
                    guard let more = pool.take(pagesEach) else { break }
                    spare.append(more)
                }
                let own = spare[used]
                if !prompt.isMultiple(of: Page.positions), let target = own.first {
                    transformer.pages.copy(session.pages[shared], to: target)
                }
                batch.append(
                    inputs, position: prompt, pages: session.pages[..<shared] + own, wantedFrom: 0)
                members.append(next)
                used += 1
                next += 1
            }
            guard !batch.isEmpty else { break }
            let logits = Logits(transformer, batch, needsSums: true)
            var row = 0
            for member in members {
                for token in labels[member].dropFirst() {
                    sums[member] += logits.logProbability(of: token, row: row)
                    row += 1
                }
            }
        }
        for pages in spare.dropFirst() { pool.release(pages) }
        completion(sums.allSatisfy(\.isFinite) ? .success(sums) : .failure(.notFinite))
    }
}
