/// How long and how often a pass tries.
enum Limits {
    /// Records normalized by one task; a page of more is shared out among the cores.
    static let recordsPerTask = 64
    /// Times a content that could not be fetched is asked for.
    static let contentAttemptsMax = 5
    /// Pages without a record, one after the other, before a round is taken for a loop.
    static let emptyPagesMax = 200
    /// Pages that are asked for to see something of a stream that begins with empty ones.
    static let rehearsedPagesMax = 5
    /// Times a page is tried when the database does not answer, and the first pause.
    static let databaseAttemptsMax = 8
    static let databasePause: Duration = .milliseconds(250)
    /// Times a round may start anew because its cursor expired.
    static let resetsMax = 2
    /// How long a forced pass waits for a stream that another instance holds, and how often it
    /// asks: longer than a dead instance is believed.
    static let claimDuration: Duration = .seconds(40)
    static let claimInterval: Duration = .milliseconds(500)
    /// Shortest time between two passes over a connector.
    static let intervalMin: Duration = .seconds(1)
    /// How often it is looked for documents whose words are not noted yet.
    static let indexingInterval: Duration = .seconds(5)
    /// Rest after a portion of them, as a multiple of its time: reading and filing go first.
    static let indexingRest = 3
    /// How often what is too old is removed.
    static let removalInterval: Duration = .seconds(3600)
}
