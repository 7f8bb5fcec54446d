import CYAML

/// Why libyaml stopped, in words that say what to mend.
struct SyntaxProblem {
    /// 0-based.
    private let line, column: Int
    private let message: String

    init(_ parser: yaml_parser_t, in bytes: UnsafeBufferPointer<UInt8>) {
        let problem = parser.problem.map { String(cString: $0) } ?? "not YAML"
        if parser.error == YAML_READER_ERROR {
            // The reader knows bytes only: lines and columns are counted here.
            let offset = min(parser.problem_offset, bytes.count)
            let before = String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars
            line = before.count { $0 == "\n" }
            column = before.reversed().prefix { $0 != "\n" }.count
            message =
                problem.contains("control")
                ? "control characters are not allowed"
                : "not UTF-8 (\(problem))"
            return
        }
        let mark = parser.problem_mark
        line = Int(clamping: mark.line)
        column = Int(clamping: mark.column)
        let offset = Int(clamping: mark.index)
        let character = String(decoding: bytes, as: UTF8.self).unicodeScalars.dropFirst(offset)
            .first
        message = Self.message(
            for: problem, context: parser.context.map { String(cString: $0) }, at: character)
    }

    func failure(path: String) -> TreeBuilder.Failure {
        let (line, column) = (line + 1, column + 1)
        return TreeBuilder.Failure(
            Location(path: path, line: line, column: column, endColumn: column + 1), message)
    }

    private static func message(
        for problem: String, context: String?, at character: Unicode.Scalar?
    ) -> String {
        if problem.contains("tab character") || character == "\t" {
            return "a tab stands where spaces must: YAML is indented by spaces only"
        }
        switch problem {
        case "found character that cannot start any token":
            let found = character.map { quoted(String($0)) } ?? "the end"
            return "\(found) cannot begin a value; put the value in quotes"
        case "mapping values are not allowed in this context":
            return
                "`:` cannot stand here; check the indentation, or quote a value that contains `: `"
        case "did not find expected key":
            return "expected a key; check the indentation and the quotes above"
        case "did not find expected '-' indicator":
            return "expected `- `, as in the list above; check the indentation"
        case "did not find expected node content":
            return "a value is missing before this place"
        case "could not find expected ':'":
            return "expected `:` after a key, before this place"
        case "found unexpected end of stream":
            return "the file ends inside a quoted value, list or section"
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            return "expected `,` or the closing bracket"
        default:
            return context.map { "\(problem) \($0)" } ?? problem
        }
    }
}
