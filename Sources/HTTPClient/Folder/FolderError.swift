/// Why a folder or one of its files could not be read, and what to do about it.
///
/// `place` is a path or a URL without user.
package enum FolderError: Error, Equatable {
    case badAddress(reason: String)
    case badOption(name: String, reason: String)
    /// Not the name of an entry of the folder.
    case badName
    case missing(place: String)
    case forbidden(place: String, reason: String)
    /// A directory, a pipe, a device or a symbolic link.
    case notAFile(place: String)
    case tooLarge(bytesMax: Int, place: String)
    case tooManyEntries(max: Int, place: String)
    /// A server's listing with names that no entry can have.
    case badListing(place: String)
    case unreachable(host: String, port: Int, reason: String)
    /// The server's key is not the one in known_hosts, or there is none for it.
    case unknownHost(host: String, port: Int, reason: String)
    case signIn(host: String, user: String, reason: String)
    case timedOut(after: Duration, place: String)
    case cancelled
    case other(place: String, reason: String)

    /// True where the same call may succeed later without anybody's help.
    package var isTransient: Bool {
        switch self {
        case .unreachable, .timedOut, .other: true
        case .badAddress, .badOption, .badName, .missing, .forbidden, .notAFile, .tooLarge,
            .tooManyEntries, .badListing, .unknownHost, .signIn, .cancelled:
            false
        }
    }
}

extension FolderError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress(let reason):
            "the folder's address cannot be used: \(reason); give file:///DIRECTORY/ or "
                + "sftp://HOST/DIRECTORY/"
        case .badOption(let name, let reason):
            "`\(name)` cannot be used: \(reason); check the configuration"
        case .badName: "a name that leads out of the folder is not read"
        case .missing(let place): "\(place) does not exist; check the folder's address"
        case .forbidden(let place, let reason):
            "\(place) may not be read: \(reason); give the user the right to read it"
        case .notAFile(let place): "\(place) is no regular file, and is not read"
        case .tooLarge(let bytesMax, let place):
            "\(place) is larger than \(bytesMax) bytes; raise the limit or move it away"
        case .tooManyEntries(let max, let place):
            "\(place) has more than \(max) entries; move those away that are done with"
        case .badListing(let place):
            "the listing of \(place) has names that no file can have; check what answers there"
        case .unreachable(let host, let port, let reason):
            "cannot connect to \(host) port \(port): \(reason); check that it runs and that no "
                + "firewall is between"
        case .unknownHost(let host, let port, let reason):
            "\(host) port \(port) does not have the key that `known_hosts` has for it: \(reason); "
                + "if the server is new, compare its key with its owner and add the line that "
                + "`ssh-keyscan -p \(port) \(host)` prints"
        case .signIn(let host, let user, let reason):
            "\(host) refused \(user): \(reason); check the user and the password or key, which is "
                + "Ed25519 or ECDSA and has no passphrase"
        case .timedOut(let after, let place):
            "\(place) was not read within \(after); the server or the line may be slow"
        case .cancelled: "the request was cancelled"
        case .other(let place, let reason): "\(place) could not be read: \(reason)"
        }
    }
}
