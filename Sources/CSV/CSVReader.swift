/// Reads CSV as it arrives, row by row.
///
/// Source: RFC 4180; also lone CR or LF as line breaks, any delimiter, a byte order mark. Empty
/// lines are no rows: a page without records may end with one.
///
/// The rows may differ in their number of fields: what that means is the caller's business.
package struct CSVReader {
    private let delimiter: UInt8
    private let limits: CSVLimits
    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var row: [CSVField] = []
    private var rowByteCount = 0
    private var line = 1
    private var fieldLine = 1
    private var isAfterReturn = false
    /// Bytes of a byte order mark met so far; nil when the text has begun.
    private var mark: Int? = 0
    private var rows: [[CSVField]] = []

    private enum State { case fieldStart, plain, quoted, afterQuote }

    /// Whether a character is of ASCII, and neither a quote nor a line break nor NUL.
    package static func canDelimit(_ delimiter: Unicode.Scalar) -> Bool {
        delimiter.isASCII && !["\"", "\r", "\n", "\0"].contains(delimiter)
    }

    /// The delimiter is one that ``canDelimit(_:)``.
    package init(delimiter: Unicode.Scalar = ",", limits: CSVLimits = CSVLimits()) {
        precondition(Self.canDelimit(delimiter), "check a configured delimiter beforehand")
        (self.delimiter, self.limits) = (UInt8(ascii: delimiter), limits)
    }

    /// Reads the next bytes, cut anywhere.
    ///
    /// - Returns: The rows that end in them, the header like any other.
    /// - Throws: What is wrong with the row behind those returned so far; the reader is then of
    ///   no further use.
    package mutating func read(_ bytes: [UInt8]) throws(CSVError) -> [[CSVField]] {
        var index = 0
        while index < bytes.count {
            if let met = mark {
                guard bytes[index] != Self.byteOrderMark[met] else {
                    index += 1
                    mark = met == 2 ? nil : met + 1
                    continue
                }
                mark = nil
                // Part of a mark is no mark.
                for byte in Self.byteOrderMark.prefix(met) { try take(byte) }
            }
            let end = runEnd(bytes, from: index)
            if end > index {
                try append(bytes[index..<end])
                index = end
            } else {
                try take(bytes[index])
                index += 1
            }
        }
        defer { rows = [] }
        return rows
    }

    /// Ends the text.
    ///
    /// - Returns: The last row where no line break ends it.
    package mutating func finish() throws(CSVError) -> [CSVField]? {
        if let met = mark, met > 0 { throw failure(.encoding) }
        mark = nil
        guard state != .quoted else { throw failure(.ended) }
        try endRow()
        defer { rows = [] }
        return rows.first
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Where what the state takes as mere text ends.
    private func runEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        switch state {
        case .quoted:
            while index < bytes.count, bytes[index] > 0x22 || bytes[index] == 0x20 { index += 1 }
        case .plain:
            while index < bytes.count, bytes[index] > 0x22, bytes[index] != delimiter {
                index += 1
            }
        case .fieldStart, .afterQuote: break
        }
        return index
    }

    private mutating func take(_ byte: UInt8) throws(CSVError) {
        let isFeedAfterReturn = isAfterReturn && byte == 0x0A
        isAfterReturn = byte == 0x0D
        let isBreak = byte == 0x0A || byte == 0x0D
        if isBreak, !isFeedAfterReturn { line += 1 }
        switch state {
        case .quoted:
            if byte == 0x22 { state = .afterQuote } else { try append([byte]) }
        case .afterQuote where byte == 0x22:
            try append([byte])
            state = .quoted
        case _ where byte == delimiter: try endField()
        case .fieldStart where isFeedAfterReturn: break
        case _ where isBreak: try endRow()
        case .afterQuote: throw failure(.afterQuote)
        case .fieldStart:
            fieldLine = line
            state = byte == 0x22 ? .quoted : .plain
            if byte != 0x22 { try append([byte]) }
        case .plain:
            guard byte != 0x22 else { throw failure(.strayQuote) }
            try append([byte])
        }
    }

    private mutating func append(_ bytes: some Collection<UInt8>) throws(CSVError) {
        guard field.count + bytes.count <= limits.fieldByteCountMax else {
            throw failure(.fieldTooLong(byteCountMax: limits.fieldByteCountMax))
        }
        field += bytes
    }

    private mutating func endField() throws(CSVError) {
        rowByteCount += field.count
        guard rowByteCount <= limits.rowByteCountMax else {
            throw failure(.rowTooLong(byteCountMax: limits.rowByteCountMax))
        }
        guard row.count < limits.fieldCountMax else {
            throw failure(.tooManyFields(fieldCountMax: limits.fieldCountMax))
        }
        guard !field.contains(0) else { throw failure(.nul) }
        guard let text = String(validating: field, as: UTF8.self) else {
            throw failure(.encoding)
        }
        row.append(CSVField(text, isQuoted: state == .afterQuote))
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
        fieldLine = line
    }

    private mutating func endRow() throws(CSVError) {
        if row.isEmpty, state == .fieldStart { return }
        try endField()
        rows.append(row)
        (row, rowByteCount) = ([], 0)
    }

    private func failure(_ problem: CSVError.Problem) -> CSVError {
        CSVError(problem: problem, line: fieldLine)
    }
}
