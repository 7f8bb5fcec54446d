/// The prefixes and functions an expression names, which libxml2 looks up only where evaluation
/// comes to them, and then complains about on standard error.
struct XPathNames {
    private var prefixes: [String] = []
    private var functions: [String] = []

    init(_ expression: String) {
        let text = Array(expression.unicodeScalars)
        var index = 0
        var isPrefixed = false
        while index < text.count {
            let character = text[index]
            if character == "\"" || character == "'" {
                index = (text[(index + 1)...].firstIndex(of: character) ?? text.count - 1) + 1
                continue
            }
            guard Self.isNameStart(character) else {
                index += 1
                continue
            }
            let end = text[index...].firstIndex { !Self.isName($0) } ?? text.count
            let name = String(String.UnicodeScalarView(text[index..<end]))
            index = end
            let next = text[end...].firstIndex { !$0.properties.isWhitespace } ?? text.count
            guard next < text.count else { continue }
            if text[next] == "(" {
                functions.append(isPrefixed ? "\(prefixes.last ?? ""):\(name)" : name)
            }
            isPrefixed = false
            if text[next] == ":", next + 1 < text.count, text[next + 1] != ":" {
                prefixes.append(name)
                isPrefixed = true
                index = next + 1
            }
        }
    }

    func problem(_ namespaces: [String: String]) -> String? {
        if let prefix = prefixes.first(where: { namespaces[$0] == nil && $0 != "xml" }) {
            return "no namespace is given for the prefix `\(prefix)`"
        }
        return functions.first { !Self.known.contains($0) }.map { "has no function `\($0)`" }
    }

    private static func isNameStart(_ character: Unicode.Scalar) -> Bool {
        character == "_" || character.properties.isAlphabetic
    }

    private static func isName(_ character: Unicode.Scalar) -> Bool {
        isNameStart(character) || character == "-" || character == "."
            || character.properties.numericType != nil
    }

    /// Functions of XPath 1.0 §4, tests for kinds of nodes, and operators before a bracket.
    private static let known: Set<String> = [
        "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string",
        "concat", "starts-with", "contains", "substring-before", "substring-after", "substring",
        "string-length", "normalize-space", "translate", "boolean", "not", "true", "false", "lang",
        "number", "sum", "floor", "ceiling", "round", "node", "text", "comment",
        "processing-instruction", "and", "or", "div", "mod",
    ]
}
