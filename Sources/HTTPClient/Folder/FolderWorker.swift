import Dispatch
import Synchronization

/// Does a folder's work, which blocks, on a queue of its own.
actor FolderWorker {
    private let executor = QueueExecutor()
    private let address: FolderAddress
    private let login: SFTPLogin?
    private var session: SFTPSession?
    /// A server's refusal of the password.
    private var refusal: FolderError?

    init(_ address: FolderAddress, _ login: SFTPLogin?) {
        (self.address, self.login) = (address, login)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    nonisolated func requireLogin() throws(FolderError) {
        switch address {
        case .local where login != nil:
            throw .badOption(name: "user", reason: "a folder on this machine is read without")
        case .sftp where login == nil:
            throw .badOption(name: "user", reason: "sftp needs one")
        case .local, .sftp: break
        }
    }

    func list(_ cancellation: Cancellation) -> Result<FolderListing, FolderError> {
        do throws(FolderError) {
            switch address {
            case .local(let path):
                return .success(try LocalFolder(path).list(cancellation))
            case .sftp(let url, _, _):
                let names = try fetch(
                    url, isListing: true, bytesMax: Limits.listingBytesMax, cancellation)
                let lines = try fetch(url, bytesMax: Limits.listingBytesMax, cancellation)
                return .success(try SFTPListing.read(names: names, lines: lines, place: url))
            }
        } catch {
            guard case .tooLarge(_, let place) = error else { return .failure(error) }
            return .failure(.tooManyEntries(max: Limits.folderEntriesMax, place: place))
        }
    }

    func read(
        _ name: String, _ bytesMax: Int, _ cancellation: Cancellation
    ) -> Result<[UInt8], FolderError> {
        do throws(FolderError) {
            switch address {
            case .local(let path):
                return .success(try LocalFolder(path).read(name, bytesMax, cancellation))
            case .sftp(let url, _, _):
                return .success(
                    try fetch(url + PercentEncoding.segment(name), bytesMax: bytesMax, cancellation)
                )
            }
        } catch { return .failure(error) }
    }

    private func fetch(
        _ url: String, isListing: Bool = false, bytesMax: Int, _ cancellation: Cancellation
    ) throws(FolderError) -> [UInt8] {
        guard let login, case .sftp(_, let host, let port) = address else {
            throw .badOption(name: "user", reason: "sftp needs one")
        }
        if let refusal { throw refusal }
        if session == nil { session = SFTPSession(login, host: host, port: port) }
        do throws(FolderError) {
            guard
                let bytes = try session?.fetch(
                    url, isListing: isListing, bytesMax: bytesMax, cancellation)
            else { throw .other(place: url, reason: "libcurl cannot be initialised") }
            return bytes
        } catch {
            // Servers lock users who try the same password again and again.
            if case .signIn = error, case .password = login.proof { refusal = error }
            throw error
        }
    }
}

/// Whether somebody still wants the answer.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() { flag.store(true, ordering: .releasing) }
}

/// Runs an actor on a serial queue, where blocking holds up nobody else.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "docket.folder")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
