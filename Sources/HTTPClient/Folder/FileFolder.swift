/// A folder of files on this machine (`file:///dir/`) or on a server (`sftp://host[:port]/dir/`).
///
/// Reads only. One call at a time, each on a thread of the folder's own; a connection is kept for
/// the next one.
package struct FileFolder: Sendable {
    private let worker: FolderWorker

    /// Connects to nothing yet.
    ///
    /// - Parameters:
    ///   - url: The folder, without user; a `/~/` at the path's beginning is the user's home.
    ///   - login: Demanded by `sftp`, and by nothing else.
    /// - Throws: ``FolderError/badAddress(reason:)`` and ``FolderError/badOption(name:reason:)``.
    package init(url: String, login: SFTPLogin? = nil) throws(FolderError) {
        worker = FolderWorker(try FolderAddress(url), try login?.checked())
        try worker.requireLogin()
    }

    /// The folder's files and folders, ordered by name.
    ///
    /// - Throws: ``FolderError``; more than a hundred thousand entries are refused as a whole.
    package func list() async throws(FolderError) -> FolderListing {
        let (worker, cancellation) = (worker, Cancellation())
        let result = await withTaskCancellationHandler {
            await worker.list(cancellation)
        } onCancel: {
            cancellation.cancel()
        }
        return try result.get()
    }

    /// The content of one file.
    ///
    /// - Parameters:
    ///   - name: As ``list()`` gave it; anything that leads out of the folder is refused.
    ///   - bytesMax: What a larger file is refused by, whatever the listing said.
    /// - Returns: The bytes as they are.
    /// - Throws: ``FolderError``
    package func read(_ name: String, bytesMax: Int) async throws(FolderError) -> [UInt8] {
        guard isFileName(Array(name.utf8)) else { throw .badName }
        let (worker, cancellation) = (worker, Cancellation())
        let result = await withTaskCancellationHandler {
            await worker.read(name, max(0, bytesMax), cancellation)
        } onCancel: {
            cancellation.cancel()
        }
        return try result.get()
    }
}

/// What may name an entry of a folder, and nothing beyond it.
func isFileName(_ bytes: some Collection<UInt8>) -> Bool {
    (1...Limits.fileNameBytesMax).contains(bytes.count) && !bytes.contains(0)
        && !bytes.contains(UInt8(ascii: "/")) && !isDots(bytes)
}

/// The names that a folder has for itself and for the one around it.
func isDots(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8)
}
