/// A text that is not XML, or more of it than docket reads, and where.
package struct XMLError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Sendable, Equatable {
        /// The grammar is broken; says how.
        case malformed(String)
        /// The document stops before its root element ends; it may have been cut off.
        case ended
        /// The bytes are not what they are declared to be.
        case encoding(String)
        /// Documents with a DOCTYPE can hold entities that read files or grow without end.
        case documentType
        case tooLong(byteCountMax: Int)
        case tooDeep(depthMax: Int)
        /// Elements, attributes and whatever else stands in angle brackets.
        case tooManyNodes(nodeCountMax: Int)
        case tooManyAttributes(attributeCountMax: Int)
        case tooManyNamespaces(namespaceCountMax: Int)
        case tooManyNames(nameCountMax: Int)
        /// One tag, comment or stretch of text.
        case partTooLong(byteCountMax: Int)
        /// An expression that cannot be evaluated; says why.
        case xpath(String)
        /// The file cannot be opened or read.
        case unreadable(path: String, errno: Int32)
        case outOfMemory
    }

    package let problem: Problem
    /// 1-based; nil where the problem is not at a place in the text.
    package let line: Int?

    init(_ problem: Problem, line: Int? = nil) { (self.problem, self.line) = (problem, line) }

    /// Whether the next reading may succeed: so it is with a text that was cut off.
    package var isTransient: Bool {
        switch problem {
        case .ended, .unreadable, .outOfMemory: true
        default: false
        }
    }

    package var description: String { "XML\(line.map { " line \($0)" } ?? ""): \(message)" }

    private var message: String {
        switch problem {
        case .malformed(let reason): reason
        case .ended: "the text ends before its root element does"
        case .encoding(let reason): reason
        case .documentType: "has a DOCTYPE, which is never read; have it sent without"
        case .tooLong(let max): "longer than \(max) bytes; ask for smaller pages"
        case .tooDeep(let max): "nested deeper than \(max) levels"
        case .tooManyNodes(let max):
            "more than \(max) elements and attributes; ask for smaller pages"
        case .tooManyAttributes(let max): "more than \(max) attributes in one tag"
        case .tooManyNamespaces(let max): "more than \(max) namespaces declared at once"
        case .tooManyNames(let max): "more than \(max) different names"
        case .partTooLong(let max): "a tag, comment or text of more than \(max) bytes"
        case .xpath(let reason): "XPath: \(reason)"
        case .unreadable(let path, let code):
            "cannot read \(path), errno \(code); it must be an ordinary file docket may read"
        case .outOfMemory: "out of memory"
        }
    }
}
