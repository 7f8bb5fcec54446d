/// A request at work: its tokens so far, and how many of them are in the cache.
struct Session {
    let request: Request
    /// Prompt and output.
    var tokens: [Int32]
    /// Tokens whose keys and values are in the cache.
    var computed: Int
    /// Pages of the cache, enough for every position the request can reach.
    var pages: [Int32]
    /// The form that is being filled in.
    var form: FormProgress?
    /// Tokens after ``tokens`` that are likely, to be computed with them and held against what
    /// the model chooses.
    var drafts: [Int32] = []
    /// Whether any of its tokens have been computed.
    var hasBegun = false
    /// Results of a trace so far.
    var traces: [TokenTrace] = []
    /// Log probability of each label's first token, once the prompt is computed.
    var labelSums: [Double]?

    /// Tokens to be computed.
    var pending: ArraySlice<Int32> { tokens[computed...] }
    /// Whether the prompt is computed.
    var isDecoding: Bool { computed >= request.prompt.count }
    var outputCount: Int { tokens.count - request.prompt.count }
    var output: ArraySlice<Int32> { tokens[request.prompt.count...] }

    /// A session of a request that takes its turn.
    init(request: Request, computed: Int, pages: [Int32]) {
        (self.request, self.computed, self.pages) = (request, computed, pages)
        tokens = request.prompt
        guard case .generate(let writing, _) = request.work, let guide = writing.guide else {
            return
        }
        form = FormProgress(guide)
        tokens += guide.opening.tokens
    }

    /// First position whose logits are wanted.
    var wantedFrom: Int {
        switch request.work {
        case .generate, .logits, .score: tokens.count - 1
        case .trace(let from, _): from
        }
    }

    /// Pending tokens and drafts to compute in a step with room for so many rows and logits.
    func chunk(rows: Int, logits: Int) -> ArraySlice<Int32> {
        let unwanted = max(0, wantedFrom - computed)
        return (pending + drafts).prefix(min(rows, unwanted + logits))
    }

    /// Guesses what follows, where that is worth it.
    ///
    /// - Parameter sequences: How many are computed together.
    mutating func draft(_ sequences: Int) {
        drafts = []
        guard sequences <= Limits.draftSequences, isDecoding, pending.count == 1,
            case .generate(let writing, _) = request.work, writing.isPlain
        else { return }
        // The last token of an output is never fed back.
        let room = writing.maxTokens - outputCount - 1
        drafts = PromptLookup.draft(tokens, countMax: min(room, Limits.draftTokens))
    }

    /// The tokens that come with one the model has chosen.
    mutating func take(_ token: Int32, _ writing: Writing, _ tokenizer: Tokenizer) -> [Int32] {
        let left = writing.maxTokens - outputCount
        return form?.take(token, left: left, tokenizer) ?? [token]
    }

    /// The result, if the output has ended with its last token.
    func finished(_ writing: Writing) -> Output? {
        if let form, form.isComplete {
            return Output(tokenCount: outputCount, isComplete: !form.isCutShort)
        }
        return outputCount == writing.maxTokens ? Output(tokenCount: outputCount) : nil
    }
}
