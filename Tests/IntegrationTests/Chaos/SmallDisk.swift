import Foundation

/// A file system of its own that is soon full: a file mounted as a disk where that is allowed,
/// else memory with a limit.
struct SmallDisk {
    let path: String
    private let image: String
    private var ballast: String { path + "/ballast" }

    /// - Returns: Nil where neither may be mounted.
    init?(megabytes: Int) throws {
        path = "/tmp/docket-disk-\(UUID().uuidString.prefix(8))"
        image = path + ".img"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let loop = """
            truncate -s \(megabytes)M \(image) && mkfs.ext4 -q -m 0 \(image) \
            && mount -o loop \(image) \(path)
            """
        guard Self.run(loop) || Self.run("mount -t tmpfs -o size=\(megabytes)m none \(path)") else {
            remove()
            return nil
        }
        _ = Self.run("chmod 755 \(path)")
    }

    /// Leaves no byte free.
    func fill() throws {
        _ = Self.run("dd if=/dev/zero of=\(ballast) bs=64k")
        _ = Self.run("dd if=/dev/zero of=\(ballast).2 bs=512")
    }

    func empty() throws { _ = Self.run("rm -f \(ballast) \(ballast).2") }

    func remove() {
        _ = Self.run("umount \(path) || umount -l \(path)")
        _ = Self.run("rmdir \(path); rm -f \(image)")
    }

    private static func run(_ script: String) -> Bool {
        guard
            let child = try? Child(
                "/bin/sh", ["-c", "PATH=/usr/sbin:/usr/bin:/sbin:/bin; \(script)"],
                environment: Programs.environment, in: "/tmp")
        else { return false }
        while true {
            if let status = child.poll() { return status == 0 }
            usleep(1000)
        }
    }
}
