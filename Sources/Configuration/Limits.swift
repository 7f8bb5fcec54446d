/// What a configuration may ask for at most.
enum Limits {
    /// Files that all `include` patterns match together.
    static let includedFiles = 2000
    /// Entries of a folder that is searched for included files.
    static let folderEntries = 20_000
    static let models = 16
    static let recipes = 64
    /// Labels of one `labels` recipe.
    static let labels = 200
    static let languages = 64
    static let includePatterns = 64
    /// Positions of a session.
    static let contextLength = 128...1_048_576
    /// Documents decoded together.
    static let sequences = 1...256
    static let threads = 1...1024
    /// Bytes a model may be allowed: too little is refused with the model at hand.
    static let memory = 1_000_000...16_000_000_000_000
    /// Jobs are given up after 15 minutes, in which a request may come twice.
    static let modelTimeout: ClosedRange<Duration> = .seconds(1)...(.seconds(420))
    static let interval: ClosedRange<Duration> = .seconds(1)...(.seconds(366 * 86_400))
    static let requestsPerSecond = 0.01...10_000
    static let concurrency = 1...256
    /// How long documents or exchanges are kept.
    static let keeping: ClosedRange<Duration> = .seconds(1)...(.seconds(36_600 * 86_400))
    static let contentBytes = 1000...2_000_000_000
    static let calendarCharacters = 200
}
