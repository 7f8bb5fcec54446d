import CKernels

/// The engine's own thread: takes requests, computes step by step, hands out results.
///
/// Each step mixes one token of every sequence that decodes with as much of the waiting prompts
/// as there is room for, so that the weights are read once for all.
struct EngineLoop {
    private let inbox: Inbox
    let transformer: Transformer
    private let tokenizer: Tokenizer
    private let sequencesMax: Int
    private let reusesPrefixes: Bool
    private let guesses: Bool
    var pool: PagePool
    private var waiting: [Request] = []
    private var running: [Session] = []
    private var sampler = Sampler()

    init(
        inbox: Inbox, transformer: Transformer, tokenizer: Tokenizer, options: EngineOptions
    ) {
        self.tokenizer = tokenizer
        self.inbox = inbox
        pool = PagePool(pageCount: transformer.pages.pageCount)
        self.transformer = transformer
        sequencesMax = options.sequences
        reusesPrefixes = options.reusesPrefixes
        guesses = options.guesses
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
            let session = Session(
                request: request, computed: prefix.count * Page.positions, pages: prefix + pages)
            if case .generate(let writing, _) = request.work {
                // Nobody is asked to go on before the model has said something.
                for token in session.output { _ = writing.observe(token) }
            }
            running.append(session)
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
            if guesses { running[index].draft(running.count) }
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
        case .generate(let writing, let completion):
            return write(index, writing, completion, rows: rows, of: logits)
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

    /// Appends what follows an output's last token.
    ///
    /// - Parameters:
    ///   - index: The sequence.
    ///   - writing: What its output should be like.
    ///   - completion: Called when the output has ended.
    ///   - rows: That of the last token, and of the drafts behind it.
    ///   - logits: Theirs.
    /// - Returns: Whether the output has ended.
    private mutating func write(
        _ index: Int, _ writing: Writing, _ completion: Request.Completion<Output>,
        rows: Range<Int>, of logits: Logits
    ) -> Bool {
        // A draft's row counts as long as the model has chosen all drafts before it; what was
        // computed of the others is overwritten.
        var computed = running[index].computed - rows.count
        defer {
            running[index].computed = computed
            running[index].drafts = []
        }
        for row in rows {
            computed += 1
            let greatest = logits.choices[row]
            guard greatest >= 0 else { return fail(running[index].request) }
            let token = sampler.choose(
                writing.sampling, row: logits.row(row), greatest: greatest,
                output: running[index].output,
                mask: running[index].form.map { $0.guide.mask(for: $0.state) })
            var goesOn = true
            for token in running[index].take(token, writing, tokenizer) where goesOn {
                running[index].tokens.append(token)
                goesOn = writing.observe(token)
            }
            let stopped = goesOn ? nil : Output(tokenCount: running[index].outputCount)
            if let output = stopped ?? running[index].finished(writing) {
                completion(.success(output))
                return true
            }
            let next = row - rows.lowerBound
            guard next < running[index].drafts.count, running[index].drafts[next] == token
            else { break }
        }
        return false
    }

    private func fail(_ request: Request) -> Bool {
        request.fail(.notFinite)
        return true
    }
}
