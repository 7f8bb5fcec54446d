import YAML

/// What is logged, and in which form.
package struct LogSettings: Sendable, Equatable {
    package enum Level: String, Sendable, CaseIterable {
        case debug, info, warning, error
    }

    package enum Format: String, Sendable, CaseIterable {
        /// `key=value` for people.
        case text
        /// One JSON object a line.
        case json
        /// systemd's journal, with fields.
        case journal
    }

    package let level: Level
    package let format: Format
}

extension LogSettings {
    private static let level = Field(
        "level", Form<Level>.cases(), default: "info", "The least serious lines to write.")
    private static let format = Field(
        "format", Form<Format>.cases(), default: "text", "How lines are written.")

    static let section = Section<LogSettings>([level, format]) { values, _ in
        LogSettings(level: values[level], format: values[format])
    }
}
