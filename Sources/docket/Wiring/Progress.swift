import Foundation
import Glibc
import Store
import Telemetry

/// How far a pass in the foreground is: a line that moves on a terminal, a log line elsewhere.
enum Progress {
    private static let terminalInterval: Duration = .milliseconds(500)
    private static let logInterval: Duration = .seconds(10)

    /// Reports until cancelled.
    static func start(_ store: Store, _ log: Log, _ terminal: Terminal) -> Task<Void, Never> {
        let isTerminal = isatty(STDERR_FILENO) == 1 && !terminal.isQuiet
        return Task {
            let startedAt = ContinuousClock.now
            var first: Int?
            while true {
                try? await Task.sleep(for: isTerminal ? terminalInterval : logInterval)
                if Task.isCancelled { break }
                guard let counts = try? await store.counts() else { continue }
                let done = counts.results - (first ?? counts.results)
                first = first ?? counts.results
                let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
                let line = text(counts, done: done, seconds: seconds)
                if isTerminal {
                    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
                } else {
                    log.info(line)
                }
            }
            if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        }
    }

    private static func text(_ counts: StoreCounts, done: Int, seconds: Double) -> String {
        var text = "\(counts.documents) documents filed, \(counts.jobs) jobs to do"
        guard done > 0, counts.jobs > 0 else { return text }
        let rate = Double(done) / seconds
        text += ", \(Int(rate * 60)) a minute, \(Int(Double(counts.jobs) / rate)) s left"
        return text
    }
}
