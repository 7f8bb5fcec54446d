import Glibc
import Store
import Telemetry

/// How far a pass in the foreground is: a line that moves on a terminal, a log line elsewhere.
enum Progress {
    private static let terminalInterval: Duration = .milliseconds(500)
    private static let logInterval: Duration = .seconds(10)

    /// Reports until cancelled.
    static func start(
        _ store: Store, _ metrics: Metrics, _ log: Log, _ terminal: Terminal,
        isEnriching: Bool = true
    ) -> Task<Void, Never> {
        let isTerminal = isatty(STDERR_FILENO) == 1 && !terminal.isQuiet
        return Task {
            let startedAt = ContinuousClock.now
            while true {
                try? await Task.sleep(for: isTerminal ? terminalInterval : logInterval)
                if Task.isCancelled { break }
                let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
                let read = Int(metrics.sum("docket_documents_total"))
                var line = "\(read) records read, \(Int(Double(read) / seconds)) a second"
                if isEnriching {
                    guard let left = try? await store.backlogCount() else { continue }
                    line = text(
                        read: read, done: Int(metrics.sum("docket_jobs_total")), left: left,
                        seconds: seconds)
                }
                if isTerminal { write("\r\u{1B}[K\(line)") } else { log.info(line) }
            }
            if isTerminal { write("\r\u{1B}[K") }
        }
    }

    private static func text(read: Int, done: Int, left: Int, seconds: Double) -> String {
        var text = "\(read) records read, \(done) jobs done, \(left) to do"
        guard done > 0, left > 0 else { return text }
        let rate = Double(done) / seconds
        text += ", \(Int(rate * 60)) a minute, \(Int(Double(left) / rate)) s left"
        return text
    }

    private static func write(_ text: String) {
        StandardStream.error.write(text)
    }
}
