import Inference

extension Command {
    static let modelsBench = Command(
        words: ["models", "bench"],
        summary: "tokens a second of a model file, or documents a minute",
        operands: [Operand(name: "FILE")],
        options: [
            Option(
                name: "prompt", value: "N",
                help: "tokens of the prompts (default: 128, 512 and 2048; decoding after 512)"),
            Option(
                name: "decode", value: "N",
                help: "output tokens of each sequence (default 64; 0: prompts only)"),
            Option(
                name: "sequences", value: "N",
                help: "sequences together (default: 1, 4, 8 and 16; for documents 16)"),
            Option(
                name: "documents", value: "FILE",
                help: "measure documents a minute over JSON lines {\"text\": ...}"),
            Option(name: "system", value: "TEXT", help: "what the model is told before each"),
            Option(
                name: "max-tokens", value: "N", help: "output tokens of a document (default 96)"),
            Option(name: "ignore-eos", help: "go on behind the end of a reply, to max-tokens"),
            Option(
                name: "context", value: "N", help: "tokens a document may take (default 4096)"),
            Option(
                name: "repetitions", value: "N",
                help: "measurements whose median counts (default 5, for documents 3)"),
            .cache, .kernels, .threads,
            Option(
                name: "output", letter: "o", value: "FORMAT",
                help: "table, json, jsonl or csv (default: table on a terminal, else jsonl)",
                choices: Table.Format.allCases.map(\.rawValue)),
        ]
    ) { arguments, terminal in
        do {
            let table =
                arguments.value("documents") == nil
                ? try await ModelsBench.rates(arguments, terminal)
                : try await ModelsBench.documents(arguments)
            // Rows that take a minute to measure are mostly kept: lines unless someone looks.
            let format =
                arguments.value("output") == nil && !terminal.isInteractive
                ? .jsonl : arguments.format
            terminal.print(table.rendered(as: format, width: terminal.width))
            return .done
        } catch let error as InferenceError {
            throw CommandFailure(code: .failed, message: "\(error)")
        } catch let error as ModelError {
            throw CommandFailure(code: .failed, message: "\(error)")
        }
    }
}

enum ModelsBench {
    private static let documentOptions = ["system", "max-tokens", "context"]
    private static let rateOptions = ["prompt", "decode"]

    static func rates(_ arguments: Arguments, _ terminal: Terminal) async throws -> Table {
        try refuse(
            documentOptions.filter { arguments.value($0) != nil }
                + (arguments.has("ignore-eos") ? ["ignore-eos"] : []), "needs --documents")
        let limit = Inference.Limits.benchmarkTokens
        var benchmark = RateBenchmark()
        if let tokens = try arguments.integer("prompt", in: 2...limit) {
            (benchmark.prompts, benchmark.context) = ([tokens], tokens)
        }
        if let tokens = try arguments.integer("decode", in: 0...limit) {
            guard tokens != 1 else {
                throw CommandFailure(
                    code: .usage,
                    message: "--decode is `1`; a rate needs 2 tokens, and 0 measures none")
            }
            benchmark.decode = tokens
        }
        if let count = try arguments.integer("sequences", in: Inference.Limits.sequences) {
            benchmark.sequences = [count]
        }
        benchmark.repetitions = try repetitions(arguments) ?? benchmark.repetitions
        var options = try EngineOptions(
            arguments, sequences: benchmark.sequences.max() ?? 1)
        options.contextLength = benchmark.contextLength
        // What is decoded here is arbitrary, and easier to guess than a text.
        options.guesses = false
        options.isBackground = false
        let engine = try await Models.load(arguments.operands[0], options)
        defer { engine.shutdown() }
        let roofline = try Roofline.measure(variant: options.variant, threads: options.threads)
        var table = Table(columns: RateBenchmark.columns)
        try await benchmark.run(engine, roofline) { row in table.rows.append(row) }
        table.rows.append(RateBenchmark.row(roofline))
        return table
    }

    static func documents(_ arguments: Arguments) async throws -> Table {
        try refuse(
            rateOptions.filter { arguments.value($0) != nil }, "does not go with --documents")
        let path = arguments.value("documents") ?? ""
        let limits = Inference.Limits.self
        var options = try EngineOptions(
            arguments,
            sequences: try arguments.integer("sequences", in: limits.sequences) ?? 16)
        let tokensMax = try arguments.integer("max-tokens", in: 1...limits.benchmarkTokens) ?? 96
        if let tokens = try arguments.integer("context", in: 1...limits.benchmarkTokens) {
            options.contextLength = tokens
        }
        options.isBackground = false
        var benchmark = DocumentBenchmark(
            texts: try DocumentBenchmark.texts(path), system: arguments.value("system"),
            tokensMax: tokensMax, ignoresEnd: arguments.has("ignore-eos"))
        benchmark.repetitions = try repetitions(arguments) ?? benchmark.repetitions
        let row = try await benchmark.run(arguments.operands[0], options)
        return Table(columns: DocumentBenchmark.columns, rows: [row])
    }

    private static func repetitions(_ arguments: Arguments) throws(CommandFailure) -> Int? {
        try arguments.integer("repetitions", in: 1...1000)
    }

    private static func refuse(_ names: [String], _ reason: String) throws(CommandFailure) {
        guard let name = names.first else { return }
        throw CommandFailure(code: .usage, message: "--\(name) \(reason)")
    }
}
