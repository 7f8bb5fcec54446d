/// A pattern of paths: `*` and `?` within a name, `**` across names, letters in any case.
///
/// A pattern without a slash is about the last name alone; one that ends with a slash, or a path
/// without marks, is also about everything below it.
package struct Glob: Sendable, Hashable {
    package let text: String
    private let pattern: [UInt8]
    private let isAboutName: Bool

    package init(_ text: String) {
        self.text = text
        isAboutName = !text.contains("/")
        var body = text.lowercased()
        if !isAboutName, !body.hasPrefix("/") { body = "/" + body }
        if !isAboutName, body.hasSuffix("/") { body += "**" }
        pattern = Array(body.utf8)
    }

    /// Whether a path, with a slash before each name, is among them.
    package func matches(_ path: String) -> Bool {
        let lowered = path.lowercased()
        if isAboutName {
            return Self.matches(Array((lowered.split(separator: "/").last ?? "").utf8), pattern)
        }
        let bytes = Array(lowered.utf8)
        return Self.matches(bytes, pattern)
            || Self.matches(bytes, pattern + Array("/**".utf8))
    }

    /// Goes back to the last star of each kind only, so it takes no more than the product of both
    /// lengths.
    private static func matches(_ path: [UInt8], _ pattern: [UInt8]) -> Bool {
        let (star, slash) = (UInt8(ascii: "*"), UInt8(ascii: "/"))
        var (position, expected) = (0, 0)
        var single: (expected: Int, position: Int)?
        var double: (expected: Int, position: Int)?
        while position < path.count {
            if expected < pattern.count, pattern[expected] == star {
                if expected + 1 < pattern.count, pattern[expected + 1] == star {
                    expected += 2
                    (double, single) = ((expected, position), nil)
                } else {
                    expected += 1
                    single = (expected, position)
                }
            } else if expected < pattern.count,
                pattern[expected] == path[position]
                    || pattern[expected] == UInt8(ascii: "?") && path[position] != slash
            {
                (position, expected) = (position + 1, expected + 1)
            } else if let last = single, path[last.position] != slash {
                single = (last.expected, last.position + 1)
                (position, expected) = (last.position + 1, last.expected)
            } else if let last = double {
                (double, single) = ((last.expected, last.position + 1), nil)
                (position, expected) = (last.position + 1, last.expected)
            } else {
                return false
            }
        }
        return pattern[expected...].allSatisfy { $0 == star }
    }
}
