/// What the sandbox bears before it refuses.
enum Limits {
    /// Folders of one page where the request does not say, as the vendor documents.
    static let foldersPerPage = 10
    /// Messages of one page where the request does not say, as the vendor documents.
    static let messagesPerPage = 10
    static let pageSizeMax = 1000
    /// Items of a drive on one page where the request does not say.
    static let driveItemsPerPage = 200
    static let driveItemsPerPageMax = 1000
    static let driveItemsMax = 1_000_000
    /// Bytes of one file that the control interface takes.
    static let fileBytesMax = 8 << 20
    /// Seconds a link to content is good for where nobody says.
    static let contentLifetimeDefault = 3600
    /// Milliseconds of a delay at random.
    static let randomDelay = 50...300
    /// Requests of one batch, as the vendor documents.
    static let batchMax = 20
    static let translatedIDsMax = 1000
    /// Messages one generation call may make.
    static let generatedMax = 5_000_000
    static let bodyBytesMax = 1 << 20
    static let foldersMax = 10_000
    /// Changes at random that one call may ask for.
    static let mutationsMax = 100_000
    static let faultsMax = 1000
    static let tokensMax = 10_000
    static let tokenLifetimeMax = 86_400
    static let delayMax = 60_000
    /// Requests one mailbox answers at a time, as the vendor documents.
    static let requestsPerMailbox = 4
    /// Characters of a preview, as the vendor documents.
    static let previewCharacters = 255
    /// Messages the control interface lists at a time.
    static let listedMessagesMax = 10_000
}
