extension Limits {
    /// Words of one query.
    static let soqlTokensMax = 20_000
    static let soqlDepthMax = 50
    /// Rows that OFFSET may skip, as the vendor documents.
    static let soqlOffsetMax = 2000
    /// Rows of a page, as the vendor documents.
    static let soqlBatchRange = 200...2000
    /// Rows of a page whose query asks for two custom long texts or more.
    static let soqlLongTextBatch = 200
    /// Query locators that are remembered at a time.
    static let cursorsMax = 200
    /// Seconds a query locator lives, as the vendor documents.
    static let cursorLifetime = 2 * 86_400
    /// Bytes of path and query together, as the vendor documents.
    static let targetBytesMax = 16_384
    /// Seconds of the past that the deletion feed and the recycle bin cover.
    static let deletionWindow: Int64 = 15 * 86_400
    static let updateWindow: Int64 = 30 * 86_400
    /// Ids that one answer of a replication feed may hold, as the vendor documents.
    static let replicatedIDsMax = 600_000
    static let bulkJobsMax = 100
    /// Seconds a JWT may be good for, as the vendor documents, and by which clocks may differ.
    static let assertionLifetime: Int64 = 180
    static let assertionSkew: Int64 = 30
    static let sessionsMax = 10_000
    static let crmRecordsMax = 2_000_000
    /// Seconds or calls a switch may ask for.
    static let switchMax = 100_000_000
    static let crmListedMax = 10_000
}
