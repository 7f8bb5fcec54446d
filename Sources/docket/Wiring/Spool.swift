import Foundation
import Synchronization

/// Where contents lie between arrival and extraction: a directory of this process's own.
///
/// It is locked for as long as the process lives, so the next one can tell what a killed one left
/// behind, and removes it.
enum Spool {
    /// A directory this young may be about to be locked.
    private static let ageMin: TimeInterval = 60
    /// By the directory they are in.
    private static let made = Mutex<[String: String]>([:])

    /// - Parameter parent: Holds the directories of all processes; made if need be, for this user
    ///   alone.
    /// - Returns: The same for every call.
    /// - Throws: What keeps it from being made.
    static func directory(in parent: String) throws -> String {
        try made.withLock { made in
            if let path = made[parent] { return path }
            let path = "\(parent)/\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            // Open until the process ends.
            guard lock(path) != nil else {
                throw CocoaError(.fileLocking, userInfo: [NSFilePathErrorKey: path])
            }
            made[parent] = path
            clear(parent, but: path)
            return path
        }
    }

    private static func clear(_ parent: String, but own: String) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: parent)) ?? [] {
            let path = "\(parent)/\(name)"
            let madeAt = try? files.attributesOfItem(atPath: path)[.modificationDate] as? Date
            guard path != own, (madeAt ?? .now).timeIntervalSinceNow < -ageMin,
                let descriptor = lock(path)
            else { continue }
            try? files.removeItem(atPath: path)
            close(descriptor)
        }
    }

    /// - Returns: Nil where another process has it.
    private static func lock(_ path: String) -> CInt? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        close(descriptor)
        return nil
    }
}
