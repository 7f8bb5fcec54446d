/// What the ERP side bears before it refuses.
enum ERPLimits {
    /// Entities of a page where the server cuts them.
    static let pageSize = 50
    static let pageSizeMax = 10_000
    /// Wrong passwords in a row before the user is locked, as the vendor's default.
    static let wrongPasswordsMax = 5
    /// Sessions remembered; the eldest is forgotten.
    static let sessionsRemembered = 10_000
    static let filterDepthMax = 50
    static let filterBytesMax = 8192
    static let expandDepthMax = 4
    static let batchPartsMax = 100
    static let generatedMax = 5_000_000
    static let attachmentBytesMax = 16 << 20
    /// Readings of the change queue a user can go back to: the last one only.
    static let subscriptionTokensMax = 2
}
