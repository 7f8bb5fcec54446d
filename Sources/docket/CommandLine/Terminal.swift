import Glibc
import Telemetry

/// Where commands speak: data to standard output, talk to standard error.
struct Terminal: Sendable {
    let environment: [String: String]
    var isQuiet = false
    var isVerbose = false

    /// Data; what a pipe gets.
    func print(_ text: String) {
        StandardStream.output.write(text)
    }

    /// Talk, unless `--quiet` was given.
    func say(_ text: String) {
        if !isQuiet { complain(text) }
    }

    /// Talk that `--quiet` does not silence: errors.
    func complain(_ text: String) {
        StandardStream.error.write(text + "\n")
    }

    /// Columns of the terminal that standard output is, or what `COLUMNS` says; else nil.
    var width: Int? {
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctlWindowSize(&size) else { return nil }
        return size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// Whether someone looks at standard output.
    var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether someone can be asked.
    var canAnswer: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks a question that only `y` or `yes` says yes to; false where nobody can be asked.
    func confirms(_ question: String) -> Bool {
        guard canAnswer else { return false }
        StandardStream.error.write(question + " [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }

    /// Whether messages may be coloured (https://no-color.org).
    var isColoured: Bool {
        isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
            && (environment["NO_COLOR"] ?? "").isEmpty
    }

    private func ioctlWindowSize(_ size: inout winsize) -> Bool {
        unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    }
}
