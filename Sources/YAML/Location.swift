/// A stretch of one line of a file.
///
/// Lines and columns are 1-based; columns count Unicode scalars, as libyaml does.
package struct Location: Sendable, Hashable {
    package let path: String
    package let line: Int
    package let column: Int
    /// The column after the last one; a stretch that goes on below ends with its first line.
    package let endColumn: Int

    package init(path: String, line: Int, column: Int, endColumn: Int) {
        (self.path, self.line, self.column) = (path, line, column)
        self.endColumn = endColumn
    }
}

extension Location: CustomStringConvertible {
    package var description: String { "\(path):\(line):\(column)" }
}
