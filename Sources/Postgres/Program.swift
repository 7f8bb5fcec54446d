import CPostgres
import Glibc

/// Runs a program of the system to its end, within a deadline.
enum Program {
    /// - Parameters:
    ///   - command: The program's path and its arguments.
    ///   - log: A file that gets what the program says; nil drops it.
    ///   - duration: The program is killed after this.
    /// - Returns: Its exit status; 128 and the signal's number where a signal ended it; nil when
    ///   it was killed for its time.
    /// - Throws: ``ClusterError/program(name:reason:log:)`` when it can not be started.
    static func run(
        _ command: [String], log: String?, within duration: Duration
    ) throws(ClusterError) -> Int32? {
        let pid = try spawn(command, log: log)
        let deadline = ContinuousClock.now + duration
        var status: CInt = 0
        while true {
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid { break }
            if ended == -1, errno != EINTR { return nil }
            guard ContinuousClock.now < deadline else {
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                return nil
            }
            usleep(2_000)
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Starts a program with nothing of this process: no descriptors, no environment, the root
    /// directory, and a session of its own, so that a Ctrl-C on the terminal passes it by.
    private static func spawn(_ command: [String], log: String?) throws(ClusterError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log ?? "/dev/null", flags, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        posix_spawn_file_actions_addchdir_np(&actions, "/")

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A thread of Swift's may have signals blocked, and the server would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let signals = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, docket_posix_spawn_setsid | signals)

        let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        var pid: pid_t = 0
        let code = withArguments(command) { arguments in
            withArguments(environment) { environment in
                posix_spawn(&pid, command[0], &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else {
            throw .program(
                name: command[0], reason: "could not be started: \(reason(code))",
                log: log ?? "the system's log")
        }
        return pid
    }

    private static func withArguments<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        withCStrings(strings) { pointers in
            // execve's prototype lacks the const that its promise has.
            UnsafeRawPointer(pointers).withMemoryRebound(
                to: UnsafeMutablePointer<CChar>?.self, capacity: strings.count + 1, body)
        }
    }
}

/// What an `errno` means.
func reason(_ code: CInt) -> String { String(cString: strerror(code)) }
