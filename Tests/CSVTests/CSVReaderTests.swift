import CSV
import Testing

@Suite("CSVReader", .timeLimit(.minutes(1)))
struct CSVReaderTests {
    typealias Row = [CSVField]

    static func rows(
        _ bytes: [UInt8], delimiter: Unicode.Scalar = ",", chunk: Int = .max,
        limits: CSVLimits = CSVLimits()
    ) throws(CSVError) -> [Row] {
        var reader = CSVReader(delimiter: delimiter, limits: limits)
        var rows: [Row] = []
        var index = 0
        while index < bytes.count {
            let end = index + min(chunk, bytes.count - index)
            rows += try reader.read(Array(bytes[index..<end]))
            index = end
        }
        if let last = try reader.finish() { rows.append(last) }
        return rows
    }

    /// Fields as text, quoted ones within brackets.
    static func shown(_ text: String, delimiter: Unicode.Scalar = ",") throws -> [[String]] {
        try rows(Array(text.utf8), delimiter: delimiter).map { row in
            row.map { $0.isQuoted ? "[\($0.text)]" : $0.text }
        }
    }

    static let cases: [(String, [[String]])] = [
        ("", []), ("\n", []), ("\r\n\r\n", []), ("Id,Name\n", [["Id", "Name"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a\rb\r", [["a"], ["b"]]), ("a\n\nb", [["a"], ["b"]]), (",\n", [["", ""]]),
        ("a,\n,b", [["a", ""], ["", "b"]]), ("\"\",\n", [["[]", ""]]), ("\"\"\n", [["[]"]]),
        ("\"a\"\"b\",\"c,d\"\n", [["[a\"b]", "[c,d]"]]), ("\"\"\"\"", [["[\"]"]]),
        ("\"a\r\nb\rc\nd\"\r\n", [["[a\r\nb\rc\nd]"]]), (" a , b \n", [[" a ", " b "]]),
        ("\u{FEFF}\"a\",b", [["[a]", "b"]]), ("a;b", [["a;b"]]),
        ("é,\u{202E}x,日本", [["é", "\u{202E}x", "日本"]]),
        ("a,\u{FEFF}b", [["a", "\u{FEFF}b"]]), ("\r\na", [["a"]]),
        ("\"a\"\r\"b\"", [["[a]"], ["[b]"]]),
        ("!#,~ x\n", [["!#", "~ x"]]),
    ]

    @Test("rows and fields are told apart, quoted fields and others as well", arguments: cases)
    func fields(_ text: String, _ expected: [[String]]) throws {
        #expect(try Self.shown(text) == expected)
    }

    @Test("wherever the text is cut, the rows are the same", arguments: cases)
    func chunks(_ text: String, _ expected: [[String]]) throws {
        let bytes = Array(text.utf8)
        let whole = try Self.rows(bytes)
        for chunk in 1...5 { #expect(try Self.rows(bytes, chunk: chunk) == whole) }
    }

    @Test(
        "any ASCII character can be the delimiter",
        arguments: [";", "\t", "|", "^", "`", " ", "!"] as [Unicode.Scalar])
    func delimiter(_ delimiter: Unicode.Scalar) throws {
        let text = "a\(delimiter)\"b\(delimiter)c\"\(delimiter)\nx,y\(delimiter)\n"
        #expect(
            try Self.shown(text, delimiter: delimiter) == [
                ["a", "[b\(delimiter)c]", ""], ["x,y", ""],
            ])
    }

    static let wrong: [(String, CSVError.Problem, Int)] = [
        ("a\n\"b", .ended, 2), ("\"", .ended, 1), ("a\n\"b\n\n\"x", .afterQuote, 2),
        ("a\"b", .strayQuote, 1),
        ("\"a\n\nb\"\nx,y\"", .strayQuote, 4), ("a\r\nb\r\"c\" ,", .afterQuote, 3),
        ("\"a\"\"", .ended, 1),
        ("a\nb\u{0}\n", .nul, 2),
    ]

    @Test("what is no CSV is refused with the line its field begins in", arguments: wrong)
    func grammar(_ text: String, _ problem: CSVError.Problem, _ line: Int) {
        for chunk in [1, .max] {
            let error = #expect(throws: CSVError.self) {
                try Self.rows(Array(text.utf8), chunk: chunk)
            }
            #expect(error?.problem == problem)
            #expect(error?.line == line)
            #expect(error?.isTransient == (problem == .ended))
        }
    }

    @Test("bytes that are not UTF-8 are refused, and half a byte order mark is none")
    func encoding() {
        for bytes in [
            [0x61, 0x0A, 0xFC], [0xEF, 0xBB], [0xEF, 0xBB, 0x41], [0x61, 0xED, 0xA0, 0x80],
        ] as [[UInt8]] {
            let error = #expect(throws: CSVError.self) { try Self.rows(bytes) }
            #expect(error?.problem == .encoding, "\(bytes)")
        }
    }

    @Test("a field, a row and a line of fields have their limits, also before they end")
    func limits() {
        var limits = CSVLimits()
        (limits.fieldByteCountMax, limits.rowByteCountMax, limits.fieldCountMax) = (100, 150, 10)
        func problem(_ text: String) -> CSVError.Problem? {
            #expect(throws: CSVError.self) {
                try Self.rows(Array(text.utf8), chunk: 7, limits: limits)
            }?.problem
        }
        let long = String(repeating: "x", count: 100)
        #expect(problem("\"x" + long) == .fieldTooLong(byteCountMax: 100))
        #expect(problem("x" + long) == .fieldTooLong(byteCountMax: 100))
        #expect(problem("\(long),\(long)\n") == .rowTooLong(byteCountMax: 150))
        #expect(problem(String(repeating: ",", count: 100)) == .tooManyFields(fieldCountMax: 10))
        #expect(throws: Never.self) {
            try Self.rows(Array(String(repeating: "\(long)\n", count: 10).utf8), limits: limits)
        }
    }

    @Test("a result is read as it arrives, at tens of megabytes a second at least")
    func speed() throws {
        let row = "\"001A\",\"Meyer & Co\",\"2026-01-15T08:00:00.000Z\",\"a \"\"b\"\"\nc\",\"\"\n"
        let bytes = Array(String(repeating: row, count: 100_000).utf8)
        #expect(try Self.rows(bytes, chunk: 65_536).count == 100_000)
    }
}
