/// What is in a folder.
package struct FolderListing: Sendable, Equatable {
    package let entries: [Entry]
    /// Entries left out: names that are not UTF-8, pipes and devices, and, on this machine,
    /// symbolic links, which could lead anywhere.
    package let skippedCount: Int

    package struct Entry: Sendable, Equatable {
        /// A stranger's data, and the argument of ``FileFolder/read(_:bytesMax:)``.
        package let name: String
        /// In bytes; nil where the server does not say.
        package let size: Int?
        /// Seconds since 1970; nil over SFTP, where a listing has no exact time.
        package let modifiedAt: Int64?
        package let isDirectory: Bool
        /// Differs once the file was changed, as far as can be seen from outside.
        ///
        /// To compare for equality, and nothing else. A server may write it anew as a file gets
        /// older.
        package let stamp: String
    }

    init(_ entries: [Entry], skippedCount: Int) {
        self.entries = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.skippedCount = skippedCount
    }
}
