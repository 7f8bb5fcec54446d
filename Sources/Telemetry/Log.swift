package import Foundation

/// The daemon's log: one line a page, a job or a failure, with fields.
///
/// Never a secret, and no text of a document at `info` or above.
package struct Log: Sendable {
    package enum Level: Int, Sendable, Comparable, CaseIterable {
        case debug, info, warning, error

        package static func < (left: Level, right: Level) -> Bool {
            left.rawValue < right.rawValue
        }

        package var name: String { "\(self)" }
    }

    package enum Format: String, Sendable, CaseIterable {
        /// `2026-01-15T08:00:00Z info message key=value`
        case text
        /// One object a line.
        case json
        /// The journal's own protocol, each field queryable; text where no journal listens.
        case journal
    }

    package let levelMin: Level
    private let format: Format
    private let now: @Sendable () -> Date
    private let write: @Sendable ([UInt8]) -> Void
    private let journal: Journal?

    /// - Parameters:
    ///   - levelMin: Lines below it are dropped.
    ///   - format: How a line looks.
    ///   - now: The clock of the time stamps.
    ///   - write: Where lines go, standard error unless said otherwise.
    ///   - journalSocket: Where the journal listens; at most 107 bytes.
    package init(
        levelMin: Level = .info, format: Format = .text,
        now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable ([UInt8]) -> Void = { StandardStream.error.write($0) },
        journalSocket: String = "/run/systemd/journal/socket"
    ) {
        (self.levelMin, self.format, self.now, self.write) = (levelMin, format, now, write)
        journal = format == .journal ? Journal(path: journalSocket) : nil
    }

    package func debug(_ message: String, _ fields: Fields = [:]) { log(.debug, message, fields) }
    package func info(_ message: String, _ fields: Fields = [:]) { log(.info, message, fields) }
    package func warning(_ message: String, _ fields: Fields = [:]) {
        log(.warning, message, fields)
    }
    package func error(_ message: String, _ fields: Fields = [:]) { log(.error, message, fields) }

    package typealias Fields = KeyValuePairs<String, String?>

    private func log(_ level: Level, _ message: String, _ fields: Fields) {
        guard level >= levelMin else { return }
        let line = LogLine(at: now(), level: level, message: message, fields: fields)
        if let journal, journal.send(line) { return }
        write(Array((format == .json ? line.json : line.text).utf8))
    }
}
