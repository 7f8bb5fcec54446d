/// What a connector accepts from an endpoint, and how long it tries.
enum Limits {
    /// Requests for one page before the stream is given up until the next poll.
    static let attemptsMax = 5
    /// Longer wishes of an endpoint park the stream instead of holding a request.
    static let waitMax: Duration = .seconds(60)
    /// Least wait after a throttled request, however little the endpoint asks for.
    static let throttleWaitMin: Duration = .seconds(1)
    static let backoffBase: Duration = .milliseconds(500)
    /// Pages of one listing, such as the folders of a mailbox.
    static let listingPagesMax = 1_000
    /// Nesting of collections, such as folders in folders.
    static let nestingMax = 32
    /// Collections of one scope.
    static let streamsMax = 20_000
    /// A token answer, and what of an error text is quoted.
    static let tokenBytesMax = 1 << 20
    static let quotedCharactersMax = 300
    /// A token is renewed this many seconds before it ends.
    static let tokenMargin = 60.0
    /// In seconds; assumed where a token answer does not say.
    static let tokenLifetimeDefault = 300
    static let tokenLifetimeRange = 0...86_400
}

extension Comparable {
    func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
