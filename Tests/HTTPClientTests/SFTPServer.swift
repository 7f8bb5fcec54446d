import Dispatch
import Foundation
import Synchronization
import Testing

/// An OpenSSH server on a port of the kernel's choice, with keys and a folder of its own.
///
/// It is unprivileged: a user's own process, or `nobody`'s where the tests run as root. Such a one
/// lets in that user alone, and knows no passwords. Each connection has its own `sshd`, started
/// as inetd would.
final class SFTPServer: Sendable {
    let port: UInt16
    let user: String
    /// What is served; a new and empty directory.
    let folder: String
    /// Keys and files about them.
    let base: String
    private let listener: Int32
    private let connections = Connections()

    private final class Connections: Sendable {
        let processes = Mutex<[pid_t]>([])
        let count = Atomic(0)
    }

    struct Failure: Error {
        let what: String
        let code = errno
    }

    init() throws {
        let isRoot = geteuid() == 0
        guard let entry = isRoot ? getpwnam("nobody") : getpwuid(geteuid()) else {
            throw Failure(what: "no user")
        }
        user = String(cString: entry.pointee.pw_name)
        base =
            FileManager.default.temporaryDirectory
            .appending(path: "sftp-\(UInt64.random(in: 0...UInt64.max))").path
        folder = base + "/folder"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.makeKeys(in: base)
        if isRoot { try run("chown -R nobody: \(base)") }
        (listener, port) = try Self.listen()
        try knowHost(key: "host.pub")
        let prefix = isRoot ? ["/usr/bin/setpriv", "--reuid=nobody", "--clear-groups"] : []
        let group = isRoot ? ["--regid=\(entry.pointee.pw_gid)"] : []
        let command =
            prefix + group + ["/usr/sbin/sshd", "-i", "-E", base + "/log", "-f", base + "/config"]
        DispatchQueue(label: "sftp server").async { [listener, connections] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                let process = spawn(command, connection)
                close(connection)
                guard let process else { continue }
                connections.processes.withLock { $0.append(process) }
                connections.count.add(1, ordering: .relaxed)
            }
            close(listener)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        dropConnections()
        try? FileManager.default.removeItem(atPath: base)
    }

    var url: String { "sftp://localhost:\(port)\(folder)/" }
    var connectionCount: Int { connections.count.load(ordering: .relaxed) }
    var knownHosts: String { base + "/known_hosts" }
    var userKey: String { base + "/user" }

    /// Has `known_hosts` say that the server has this public key.
    func knowHost(key: String) throws {
        let words = try String(contentsOfFile: base + "/" + key, encoding: .utf8).split(
            separator: " ")
        let line = "[localhost]:\(port) \(words[0]) \(words[1])\n"
        try line.write(toFile: knownHosts, atomically: true, encoding: .utf8)
    }

    /// Ends all connections, as a server does with those that are idle.
    func dropConnections() {
        let processes = connections.processes.withLock { list in
            defer { list = [] }
            return list
        }
        for process in processes {
            kill(process, SIGTERM)
            waitpid(process, nil, 0)
        }
    }

    private static func makeKeys(in base: String) throws {
        for name in ["host", "user", "other"] {
            try run("ssh-keygen -q -t ed25519 -N '' -C '' -f \(base)/\(name)")
        }
        try run("cp \(base)/user.pub \(base)/authorized_keys")
        let config = """
            HostKey \(base)/host
            AuthorizedKeysFile \(base)/authorized_keys
            StrictModes no
            UsePAM yes
            PasswordAuthentication yes
            Subsystem sftp internal-sftp

            """
        try config.write(toFile: base + "/config", atomically: true, encoding: .utf8)
    }

    private static func listen() throws -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // The servers must not inherit it.
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && Glibc.listen(listener, 64) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        guard isListening else { throw Failure(what: "listen") }
        return (listener, UInt16(bigEndian: address.sin_port))
    }
}

/// Starts a program with the connection as its input and output.
private func spawn(_ arguments: [String], _ connection: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, connection, 0)
    posix_spawn_file_actions_adddup2(&actions, connection, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    guard posix_spawn(&process, arguments[0], &actions, nil, pointers, environ) == 0 else {
        return nil
    }
    return process
}
