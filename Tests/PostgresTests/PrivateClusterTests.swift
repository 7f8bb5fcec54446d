import Foundation
import Postgres
import Testing

@Suite("PrivateCluster", .timeLimit(.minutes(2)))
struct PrivateClusterTests {
    private func options(in directory: String? = nil) -> ClusterOptions {
        let path = directory ?? "/tmp/docket-cluster-\(UUID().uuidString.prefix(8))"
        var options = ClusterOptions(directory: path, database: "files", user: "keeper")
        options.isDurable = false
        return options
    }

    private func identity(_ cluster: PrivateCluster) throws -> String {
        let connection = try Connection(
            ConnectionOptions(url: cluster.url, applicationName: "test"))
        let rows = try connection.run(
            """
            SELECT pg_postmaster_start_time()::text || current_database() || current_user AS id
            """)
        return try #require(try rows.first?.get("id"))
    }

    private func serverPID(_ options: ClusterOptions) throws -> pid_t {
        let text = try String(
            contentsOfFile: options.directory + "/data/postmaster.pid", encoding: .utf8)
        return try #require(pid_t(text.prefix { $0 != "\n" }))
    }

    /// False also for the remains of a process that nobody has collected yet.
    private func runs(_ pid: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        else { return false }
        return !status.contains(") Z ")
    }

    /// Polls a condition that another process brings about.
    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        for _ in 0..<1000 {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test("starts, is shared, and stops with its last user")
    func lifecycle() async throws {
        let options = options()
        let first = try await PrivateCluster.start(options)
        let second = try await PrivateCluster.start(options)
        let pid = try serverPID(options)
        #expect(try identity(first) == identity(second))
        #expect(try identity(first).hasSuffix("fileskeeper"))
        try await first.stop()
        #expect(try identity(second).hasSuffix("fileskeeper"))
        #expect(runs(pid))
        try await second.stop()
        #expect(!runs(pid))
        #expect(try await eventually { access(options.directory, F_OK) != 0 })
    }

    @Test("several that start at once share one server")
    func concurrentStarts() async throws {
        let options = options()
        let clusters = try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await PrivateCluster.start(options) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(try clusters.map(identity)).count == 1)
        for cluster in clusters { try await cluster.stop() }
    }

    @Test("what was stored is there after a stop and a start")
    func persistence() async throws {
        var options = options()
        options.isDurable = true
        defer { try? FileManager.default.removeItem(atPath: options.directory) }
        let first = try await PrivateCluster.start(options)
        let connection = try Connection(
            ConnectionOptions(url: first.url, applicationName: "test"))
        try connection.runScript("CREATE TABLE public.t AS SELECT 7 AS n")
        try await first.stop()
        let second = try await PrivateCluster.start(options)
        let again = try Connection(ConnectionOptions(url: second.url, applicationName: "test"))
        let rows = try again.run("SELECT n FROM public.t")
        #expect(try rows.first?.get("n") == 7)
        try await second.stop()
    }

    @Test("a server left by a killed process is adopted, and stops with the last that dies")
    func killedUser() async throws {
        let options = options()
        let first = try await PrivateCluster.start(options)
        let pid = try serverPID(options)
        // Stands for another process: what it holds is what counts.
        let other = Process()
        other.executableURL = URL(filePath: "/usr/bin/flock")
        other.arguments = [
            "--shared", "--no-fork", options.directory + "/users.lock", "/bin/sleep", "600",
        ]
        try other.run()
        #expect(
            try await eventually {
                guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
                else { return false }
                return locks.contains(" \(other.processIdentifier) ")
            })
        try await first.stop()
        #expect(runs(pid))
        let second = try await PrivateCluster.start(options)
        #expect(try serverPID(options) == pid)
        try await second.stop()
        #expect(runs(pid))
        kill(other.processIdentifier, SIGKILL)
        #expect(try await eventually { !runs(pid) })
        #expect(try await eventually { access(options.directory, F_OK) != 0 })
    }

    @Test("a server that was killed is started again over its stale files")
    func staleFiles() async throws {
        let options = options()
        let first = try await PrivateCluster.start(options)
        let pid = try serverPID(options)
        kill(pid, SIGKILL)
        // The system's first process collects the remains; until then the number is taken.
        #expect(try await eventually { kill(pid, 0) != 0 })
        let second = try await PrivateCluster.start(options)
        #expect(try serverPID(options) != pid)
        #expect(try identity(second).hasSuffix("fileskeeper"))
        try await first.stop()
        try await second.stop()
    }

    @Test("a directory too long for a socket address gets its socket elsewhere")
    func longPath() async throws {
        let root = "/tmp/docket-cluster-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let options = options(in: root + "/" + String(repeating: "long'", count: 24))
        let first = try await PrivateCluster.start(options)
        let second = try await PrivateCluster.start(options)
        #expect(try identity(first) == identity(second))
        try await first.stop()
        try await second.stop()
    }

    @Test("data of a version that is not installed is refused, naming both")
    func versions() async throws {
        let options = options()
        defer { try? FileManager.default.removeItem(atPath: options.directory) }
        let first = try await PrivateCluster.start(options)
        let version = try String(
            contentsOfFile: options.directory + "/data/PG_VERSION", encoding: .utf8)
        let installed = try #require(Int(version.dropLast()))
        try await first.stop()
        #expect(try await eventually { access(options.directory, F_OK) != 0 })

        var kept = options
        kept.isDurable = true
        try FileManager.default.createDirectory(
            atPath: options.directory + "/data", withIntermediateDirectories: true)
        try "9\n".write(
            toFile: options.directory + "/data/PG_VERSION", atomically: true, encoding: .utf8)
        chmod(options.directory, 0o700)
        if geteuid() == 0, let entry = getpwnam("postgres") {
            chown(options.directory, entry.pointee.pw_uid, entry.pointee.pw_gid)
        }
        let error = await #expect(throws: ClusterError.self) {
            try await PrivateCluster.start(kept)
        }
        guard case .versionMissing(needed: 9, let found, _) = error else {
            Issue.record("expected the version to be refused, got \(String(describing: error))")
            return
        }
        #expect(found.contains(installed))
    }

    @Test("a parent directory closed to the server's user is named", .enabled(if: geteuid() == 0))
    func closedParent() async throws {
        let root = "/tmp/docket-cluster-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        mkdir(root, 0o700)
        await #expect(
            throws: ClusterError.notTraversable(directory: root, account: "postgres")
        ) { try await PrivateCluster.start(options(in: root + "/state/postgres")) }
    }

    @Test("without server programs the error says what to install")
    func notInstalled() async throws {
        var options = options()
        defer { try? FileManager.default.removeItem(atPath: options.directory) }
        options.programsDirectory = "/nonexistent"
        await #expect(throws: ClusterError.notInstalled(directory: "/nonexistent")) {
            try await PrivateCluster.start(options)
        }
    }
}
