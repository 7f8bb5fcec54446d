/// A request at work: its tokens so far, and how many of them are in the cache.
struct Session {
    let request: Request
    /// Prompt and output.
    var tokens: [Int32]
    /// Tokens whose keys and values are in the cache.
    var computed: Int
    /// Pages of the cache, enough for every position the request can reach.
    var pages: [Int32]
    /// Whether any of its tokens have been computed.
    var hasBegun = false
    /// Results of a trace so far.
    var traces: [TokenTrace] = []
    /// Log probability of each label's first token, once the prompt is computed.
    var labelSums: [Double]?

    /// Tokens to be computed.
    var pending: ArraySlice<Int32> { tokens[computed...] }
    var isDecoding: Bool { pending.count == 1 && tokens.count > request.prompt.count }
    var outputCount: Int { tokens.count - request.prompt.count }
    var output: ArraySlice<Int32> { tokens[request.prompt.count...] }

    /// First position whose logits are wanted.
    var wantedFrom: Int {
        switch request.work {
        case .generate, .logits, .score: tokens.count - 1
        case .trace(let from, _): from
        }
    }

    /// Pending tokens to compute in a step with room for so many rows and logits.
    func chunk(rows: Int, logits: Int) -> ArraySlice<Int32> {
        let unwanted = max(0, wantedFrom - computed)
        return pending.prefix(min(rows, unwanted + logits))
    }
}
