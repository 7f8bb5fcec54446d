import CPostgres
import Glibc

/// The server programs, applied to one cluster; each call blocks, within a deadline.
struct ClusterServer {
    let layout: ClusterLayout
    let options: ClusterOptions

    func url(socket: String, database: String) -> String {
        func quoted(_ value: String) -> String {
            let escaped = value.map { "\\'".contains($0) ? "\\\($0)" : String($0) }.joined()
            return "'\(escaped)'"
        }
        return "host=\(quoted(socket)) dbname=\(quoted(database)) user=\(quoted(options.user))"
    }

    /// The socket's directory of a server that already runs on the data, ready to answer.
    ///
    /// Whoever started it may be gone: killed, for instance.
    func runningSocket() throws(ClusterError) -> String? {
        let deadline = ContinuousClock.now + Limits.startDuration
        // The fifth line of the server's own file names the directory of its socket.
        while let record = readFile(layout.data + "/postmaster.pid") {
            let lines = record.split(separator: "\n", omittingEmptySubsequences: false)
            guard let pid = lines.first.flatMap({ pid_t($0) }), isServer(pid) else { return nil }
            if lines.count > 4, !lines[4].isEmpty {
                let socket = String(lines[4])
                if PQping(url(socket: socket, database: "postgres")) == PQPING_OK {
                    return socket
                }
            }
            guard ContinuousClock.now < deadline else {
                throw failure("postgres", "runs as process \(pid) and does not answer")
            }
            usleep(10_000)
        }
        return nil
    }

    func createDataIfAbsent() throws(ClusterError) {
        guard access(layout.data + "/PG_VERSION", F_OK) != 0 else { return }
        // Made beside and then renamed: a cluster half made is never taken for a whole one.
        try removeTree(layout.partialData)
        var arguments = [
            "--pgdata=" + layout.partialData, "--username=" + options.user, "--encoding=UTF8",
            // The order of C.UTF-8 is that of C, which takes no detour through the system.
            "--locale=C.UTF-8", "--lc-collate=C", "--auth-local=trust", "--auth-host=reject",
            "--data-checksums", "--no-instructions",
        ]
        if !options.isDurable { arguments.append("--no-sync") }
        try runProgram("initdb", arguments, within: Limits.initDuration)
        guard rename(layout.partialData, layout.data) == 0 else {
            throw .file(path: layout.data, operation: "make", reason: reason(errno))
        }
    }

    func start(socket: String) throws(ClusterError) {
        let settings = options.settings + [("unix_socket_directories", "\"\(socket)\"")]
        let flags = settings.map { "-c '\($0.name)=\($0.value)'" }.joined(separator: " ")
        try runProgram(
            "pg_ctl",
            [
                "start", "--pgdata=" + layout.data, "--wait", "--silent",
                "--timeout=\(Int64(Limits.startDuration / .seconds(1)))", "--log=" + layout.log,
                "--options=" + flags,
            ], within: Limits.startDuration + .seconds(10))
    }

    /// Stops the server if it runs; a disposable cluster goes with it.
    func stop() throws(ClusterError) {
        if let record = readFile(layout.data + "/postmaster.pid"),
            let pid = record.split(separator: "\n").first.flatMap({ pid_t($0) }), isServer(pid)
        {
            try runProgram("pg_ctl", stopArguments, within: Limits.stopDuration + .seconds(5))
        }
        if let socket = readFile(layout.socketRecord) {
            rmdir(socket)
            unlink(layout.socketRecord)
        }
        if !options.isDurable { try removeTree(layout.options.directory) }
    }

    /// Leaves a program behind that stops the server once no process uses it any more.
    ///
    /// It waits for `users.lock`, which the system takes from whoever dies. A second guard finds
    /// `guard.lock` taken and goes.
    func startGuard() throws(ClusterError) {
        let control = try programs() + "/pg_ctl"
        let clean = options.isDurable ? #"rm -f "$0/socket_directory""# : #"rm -rf "$0""#
        let script = #""$@"; rmdir "$(cat "$0/socket_directory")"; "# + clean
        let wait = [
            "/usr/bin/setsid", "--fork", "/usr/bin/flock", "--nonblock", layout.guardLock,
            "/usr/bin/flock", "--exclusive", layout.usersLock,
        ]
        let stop = ["/bin/sh", "-c", script, options.directory, control] + stopArguments
        let command = layout.account.command(wait[0], wait.dropFirst() + stop)
        let status = try Program.run(command, log: nil, within: Limits.probeDuration)
        guard status == 0 else { throw failure("setsid", "failed") }
    }

    func createDatabaseIfAbsent(socket: String) throws(ClusterError) {
        do {
            let options = ConnectionOptions(
                url: url(socket: socket, database: "postgres"), applicationName: "docket")
            let connection = try Connection(options)
            let name = self.options.database
            let found = try connection.run("SELECT 1 FROM pg_database WHERE datname = \(name)")
            guard found.isEmpty else { return }
            let quoted = name.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"")
            try connection.runScript("CREATE DATABASE \"\(quoted)\"")
        } catch {
            throw .database(error)
        }
    }

    private var stopArguments: [String] {
        let seconds = Int64(Limits.stopDuration / .seconds(1))
        return [
            "stop", "--pgdata=" + layout.data, "--mode=fast", "--wait", "--silent",
            "--timeout=\(seconds)",
        ]
    }

    /// Whether a process is a server: neither one that came by the number after a reboot, nor
    /// the remains of one that nobody has collected yet.
    private func isServer(_ pid: pid_t) -> Bool {
        // `17 (postgres) S 1 ...`
        guard pid > 1, let status = readFile("/proc/\(pid)/stat") else { return false }
        guard status.contains("(postgres)") else { return false }
        guard status.contains(") Z ") else { return true }
        // As the first process of a container this one inherits the server's remains.
        waitpid(pid, nil, WNOHANG)
        return false
    }

    /// The directory of the programs: those the data needs, else the newest.
    private func programs() throws(ClusterError) -> String {
        let installed = installedVersions()
        guard let newest = installed.last else {
            throw .notInstalled(directory: options.programsDirectory)
        }
        guard let made = readFile(layout.data + "/PG_VERSION").flatMap({ Int($0) }) else {
            return "\(options.programsDirectory)/\(newest)/bin"
        }
        guard installed.contains(made) else {
            throw .versionMissing(needed: made, installed: installed, dataDirectory: layout.data)
        }
        return "\(options.programsDirectory)/\(made)/bin"
    }

    /// Major versions with a server program, ascending.
    private func installedVersions() -> [Int] {
        guard let directory = opendir(options.programsDirectory) else { return [] }
        defer { closedir(directory) }
        var versions: [Int] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let version = Int(name) else { continue }
            let server = "\(options.programsDirectory)/\(version)/bin/postgres"
            if access(server, X_OK) == 0 { versions.append(version) }
        }
        return versions.sorted()
    }

    private func runProgram(
        _ name: String, _ arguments: [String], within duration: Duration
    ) throws(ClusterError) {
        let command = layout.account.command(try programs() + "/" + name, arguments)
        let status = try Program.run(command, log: layout.log, within: duration)
        guard let status else { throw failure(name, "took longer than \(duration)") }
        guard status == 0 else { throw failure(name, "failed with status \(status)") }
    }

    private func removeTree(_ path: String) throws(ClusterError) {
        let command = layout.account.command("/bin/rm", ["-rf", "--", path])
        _ = try Program.run(command, log: nil, within: Limits.stopDuration)
    }

    private func failure(_ name: String, _ reason: String) -> ClusterError {
        .program(name: name, reason: reason, log: layout.log)
    }
}
