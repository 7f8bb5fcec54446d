/// What a connector accepts from an endpoint, and how long it tries.
enum Limits {
    /// Requests for one page before the stream is given up until the next poll.
    static let attemptsMax = 5
    /// Longer wishes of an endpoint park the stream instead of holding a request.
    static let waitMax: Duration = .seconds(60)
    /// Least wait after a throttled request, however little the endpoint asks for.
    static let throttleWaitMin: Duration = .seconds(1)
    /// How long a spent quota is left alone: quotas are counted over a day that moves.
    static let budgetPause: Duration = .seconds(900)
    static let backoffBase: Duration = .milliseconds(500)
    /// Pages of one listing, such as the folders of a mailbox.
    static let listingPagesMax = 1_000
    /// Nesting of collections, such as folders in folders.
    static let nestingMax = 32
    /// Attachments of one record.
    static let childrenMax = 1_000
    /// Collections of one scope.
    static let streamsMax = 20_000
    /// Longer addresses are refused by endpoints; a job takes the query in its body.
    static let addressBytesMax = 16_000
    /// How often a page is asked for once more with the names or the place mended.
    static let describesMax = 2
    /// How often a job is asked whether it is done, and the pauses between.
    static let exportPollsMax = 40
    static let exportPauseMin: Duration = .seconds(1)
    static let exportPauseMax: Duration = .seconds(15)
    /// Entities asked for at a time, and the most bytes of one answer; a service that answers with
    /// more is asked in portions.
    static let odataPageSize = 500
    static let odataBytesMax = 16 << 20
    /// Expanded collections within expanded collections that are followed to their end.
    static let expansionDepthMax = 8
    /// How long a service's schema is believed, and that it has none.
    static let schemaLifetime: Duration = .seconds(3600)
    static let schemaAbsence: Duration = .seconds(60)
    /// Records and files of one page of a folder.
    static let fileRecordsPerPage = 500
    static let filesPerPage = 200
    /// A file that is younger and not readable may not be written to its end.
    static let fileAgeMin: Duration = .seconds(600)
    /// Lists in lists that a parameter of a definition may be made of.
    static let parameterDepthMax = 3
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
