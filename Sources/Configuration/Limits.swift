/// What a configuration may ask for at most.
package enum Limits {
    /// Files that all `include` patterns match together.
    package static let includedFiles = 2000
    /// Entries of a folder that is searched for included files.
    package static let folderEntries = 20_000
    package static let models = 16
    package static let recipes = 64
    /// Labels of one `labels` recipe.
    package static let labels = 200
    package static let languages = 64
    package static let includePatterns = 64
    /// Positions of a session.
    package static let contextLength = 128...1_048_576
    /// Documents decoded together.
    package static let sequences = 1...256
    package static let threads = 1...1024
    package static let interval: ClosedRange<Duration> = .seconds(1)...(.seconds(366 * 86_400))
    package static let requestsPerSecond = 0.01...10_000
    package static let concurrency = 1...256
    package static let contentBytes = 1000...2_000_000_000
    package static let calendarCharacters = 200
}
