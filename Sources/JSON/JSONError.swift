/// A text that is not JSON, or more of it than docket reads, and where.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Sendable, Equatable {
        /// Something else stands where this should.
        case unexpected(expected: String)
        /// The text stops where this should come; it may have been cut off in transfer.
        case ended(expected: String)
        /// A character below U+0020 stands in a string without an escape.
        case controlCharacter(UInt8)
        case tooLong(byteCountMax: Int)
        case tooDeep(depthMax: Int)
        case tooManyValues(valueCountMax: Int)
        case numberTooLong(byteCountMax: Int)
    }

    package let problem: Problem
    /// 0-based, in bytes.
    package let offset: Int
    /// 1-based; columns count Unicode scalars.
    package let line: Int
    package let column: Int

    init(_ problem: Problem, at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) {
        (self.problem, self.offset) = (problem, offset)
        var (line, column) = (1, 1)
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        (self.line, self.column) = (line, column)
    }

    /// Whether the next reading may succeed: so it is with a text that was cut off.
    package var isTransient: Bool {
        if case .ended = problem { true } else { false }
    }

    package var description: String {
        "JSON line \(line) column \(column) (byte \(offset)): \(message)"
    }

    private var message: String {
        switch problem {
        case .unexpected(let expected): "expected \(expected)"
        case .ended(let expected): "the text ends where \(expected) should come"
        case .controlCharacter(let byte): "control character \(byte) in a string; escape it"
        case .tooLong(let max): "longer than \(max) bytes; ask for smaller pages"
        case .tooDeep(let max): "nested deeper than \(max) levels"
        case .tooManyValues(let max): "more than \(max) values; ask for smaller pages"
        case .numberTooLong(let max): "a number of more than \(max) bytes"
        }
    }
}
