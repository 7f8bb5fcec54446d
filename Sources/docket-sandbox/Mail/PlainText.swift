/// HTML as plain text: what a preview shows, and what a client gets that prefers text bodies.
enum PlainText {
    static func ofHTML(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            text += decodingEntities(rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else { return text }
            let tag = rest[rest.index(after: start)..<end].lowercased()
            rest = rest[rest.index(after: end)...]
            let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
            if name == "style" || name == "script" { skip(to: "</\(name)>", in: &rest) }
            if blockTags.contains(String(name)) { text += "\n" }
            if name == "td" || name == "th" { text += " " }
        }
        return text + decodingEntities(rest)
    }

    private static let blockTags: Set<String> = [
        "p", "br", "div", "tr", "li", "h1", "h2", "h3", "hr", "blockquote", "/table", "/ul", "/ol",
    ]

    private static let entities: [Substring: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "nbsp": " ", "hellip": "…", "ndash": "–",
        "mdash": "—", "euro": "€", "deg": "°", "sup2": "²", "sup3": "³", "auml": "ä", "ouml": "ö",
        "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
        "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ", "laquo": "«", "raquo": "»",
        "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "#39": "'",
    ]

    private static func skip(to closing: String, in rest: inout Substring) {
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...]
            if rest.prefix(closing.count).lowercased() == closing {
                rest = rest.dropFirst(closing.count)
                return
            }
            rest = rest.dropFirst()
        }
        rest = ""
    }

    private static func decodingEntities(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var decoded = ""
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            decoded += rest[..<start]
            rest = rest[start...]
            let name = rest.dropFirst().prefix { $0 != ";" && !$0.isWhitespace }
            if let character = entities[name] {
                decoded += character
                rest = rest.dropFirst(name.count + 2)
            } else {
                decoded += "&"
                rest = rest.dropFirst()
            }
        }
        return decoded + rest
    }
}
