/// The bounds of this module, in one place.
package enum Limits {
    /// How long an instance is believed without a heartbeat.
    package static let leaseDuration: Duration = .seconds(30)
    /// How long a stream is believed to be read without a page, though its instance lives.
    package static let streamLeaseDuration: Duration = .seconds(900)
    /// The longest delay and the latest instant that are believed of an endpoint.
    package static let delayMax: Duration = .seconds(7 * 86_400)
    package static let secondsSince1970Max = 4_000_000_000.0
    /// How long a job may take unless the caller says otherwise.
    package static let jobDuration: Duration = .seconds(3600)
    /// Entries of jobs long taken that every claim may read through.
    package static let deadEntriesMax = 1000
    /// Where there are more: how long claims look only at what comes behind them, and at least how
    /// long for each entry that was read, fifty times what it takes.
    package static let fullLookInterval: Duration = .seconds(2)
    package static let fullLookDuration: Duration = .microseconds(20)
    /// How long ago a transaction that makes jobs may have begun for them to be found at once.
    package static let commitDuration: Duration = .seconds(1)
    /// Times a job may take an instance down with it before it is given up.
    package static let rescuesMax = 3
    /// Failures remembered with a job, and the characters of each message.
    package static let errorsMax = 10
    package static let messageCharactersMax = 2000
    /// Characters of a source id in the list of failures; real ones are far shorter.
    package static let failedSourceIDCharactersMax = 500
    /// Results that are stored in one transaction.
    package static let resultsMax = 100
    /// Below this many documents no deletion waits for approval.
    package static let heldDocumentsMin = 25
    /// How deep attachments of attachments are followed.
    package static let familyDepthMax = 8
    /// Folders within folders; more are taken for a loop.
    package static let containerDepthMax = 128
    /// Records whose content is fetched once more in one pass.
    package static let unfetchedMax = 200
    /// Jobs made by one statement when a recipe is new.
    package static let enqueuedMax = 10_000
    /// Messages of a conversation that are read, the latest.
    package static let threadMessagesMax = 200
    /// A document that changed so often within so long is left alone for a while, so that its
    /// changes are worked on together; but for no longer after its job was made than the second.
    package static let restlessRevisions = 3
    package static let restlessDuration: Duration = .seconds(600)
    package static let debounceDuration: Duration = .seconds(60)
    /// How long a migration waits for a lock before it lets others pass, and how often it tries.
    package static let migrationLockDuration: Duration = .seconds(3)
    package static let migrationAttemptsMax = 20
    /// Passes older than this are forgotten.
    package static let runsDuration: Duration = .seconds(30 * 86_400)
    /// Documents whose words are noted by one statement, and the characters they have together.
    static let indexedMax = 100
    static let indexedCharactersMax = 2_000_000
    /// Documents, beside what is attached to them, that one transaction forgets.
    static let forgottenMax = 500
    /// Exchanges read at a time.
    static let exchangesMax = 200
}
