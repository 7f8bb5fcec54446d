/// A text that is not CSV, or more of it than docket reads, and where.
package struct CSVError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Sendable, Equatable {
        /// The text stops within quotes; it may have been cut off in transfer.
        case ended
        /// Something else than a delimiter or a line break follows a closing quote.
        case afterQuote
        /// A quote stands within a field that does not begin with one.
        case strayQuote
        /// A field is not UTF-8.
        case encoding
        case nul
        case fieldTooLong(byteCountMax: Int)
        case rowTooLong(byteCountMax: Int)
        case tooManyFields(fieldCountMax: Int)
    }

    package let problem: Problem
    /// 1-based, counting line breaks within quotes as well; where the field begins that is at
    /// fault.
    package let line: Int

    /// Whether the next reading may succeed: so it is with a text that was cut off.
    package var isTransient: Bool { problem == .ended }

    package var description: String { "CSV line \(line): \(message)" }

    private var message: String {
        switch problem {
        case .ended: "the text ends within quotes"
        case .afterQuote: "a closing quote is followed by text; quotes within are doubled"
        case .strayQuote: "a quote within a field without quotes; check the delimiter"
        case .encoding: "not UTF-8; have it sent as UTF-8"
        case .nul: "a NUL character; have it sent as UTF-8"
        case .fieldTooLong(let max): "a field of more than \(max) bytes"
        case .rowTooLong(let max): "a row of more than \(max) bytes"
        case .tooManyFields(let max): "more than \(max) fields in one row"
        }
    }
}
