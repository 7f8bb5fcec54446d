/// How a command ended, for scripts and for systemd.
///
/// Source: sysexits.h for the numbers from 64 on.
package enum ExitCode: Int32 {
    case done = 0
    /// Finished, but something failed.
    case failed = 1
    case cancelled = 2
    /// Finished, and there is something to look at.
    case findings = 3
    case usage = 64
    /// The database or an endpoint cannot be reached.
    case unavailable = 69
    case internalError = 70
    /// Sign-in or permission.
    case permission = 77
    case configuration = 78
}

/// Why a command stopped, in one line, and with which code.
package struct CommandFailure: Error {
    package let code: ExitCode
    package let message: String
}
