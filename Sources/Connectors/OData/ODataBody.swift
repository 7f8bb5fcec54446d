import XML

/// What a body is, by its first bytes.
enum ODataBody {
    case json, xml
    /// Described for a person.
    case other(String)

    init(_ body: [UInt8], contentType: String?) {
        let start = Self.start(of: body)
        let kind = contentType.map { " (\($0.prefix(80)))" } ?? ""
        if let html = HTMLWords(body, contentType: contentType) {
            self = .other("an HTML page\(kind): \(html.words)")
        } else if start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "[") {
            self = .json
        } else if start.first == UInt8(ascii: "<") || start.starts(with: [0xFF, 0xFE])
            || start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0, 0x3C])
        {
            self = .xml
        } else if start.isEmpty {
            self = .other("an empty body\(kind)")
        } else {
            self = .other("a text\(kind): \(Self.words(body))")
        }
    }

    /// Without byte order mark and white space.
    static func start(of body: [UInt8]) -> ArraySlice<UInt8> {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return body.dropFirst(body.starts(with: mark) ? 3 : 0)
            .drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(Limits.sniffedByteCountMax)
    }

    /// The first words of a text, in one line and without what could hide in it.
    static func words(_ body: some Collection<UInt8>) -> String {
        words(String(decoding: body.prefix(Limits.quotedCharactersMax * 8), as: UTF8.self))
    }

    static func words(_ text: String) -> String {
        // Scalars and not characters, of which one can be as long as the text.
        let start = String(text.unicodeScalars.prefix(Limits.quotedCharactersMax * 8))
        let line = start.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let shown = line.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(shown.prefix(Limits.quotedCharactersMax)))
    }
}

/// The title of an HTML page and the first of its text.
struct HTMLWords {
    let words: String

    /// Nil where the body is no HTML.
    init?(_ body: [UInt8], contentType: String?) {
        let start = String(decoding: ODataBody.start(of: body), as: UTF8.self).lowercased()
        let isDeclared = contentType?.lowercased().contains("html") ?? false
        let isHTML =
            start.hasPrefix("<!doctype html") || start.contains("<html") || start.contains("<head")
            || start.contains("<body")
        guard start.hasPrefix("<") ? isHTML || isDeclared : isDeclared && !start.hasPrefix("{")
        else { return nil }
        var visitor = Visitor()
        let page = body.prefix(Limits.htmlByteCountMax)
        HTMLParser.parse(String(decoding: page, as: UTF8.self), &visitor)
        let parts = [visitor.title, visitor.text].map { ODataBody.words($0) }
        words = ODataBody.words(parts.filter { !$0.isEmpty }.joined(separator: " - "))
    }

    private struct Visitor: HTMLVisitor {
        var title = ""
        var text = ""
        private var isTitle = false

        var isDone: Bool { text.utf8.count > Limits.quotedCharactersMax * 8 }

        mutating func start(_ name: String, attributes: Attributes) {
            isTitle = name == "title"
            text += " "
        }

        mutating func end(_ name: String) {
            isTitle = false
            text += " "
        }

        mutating func text(_ bytes: Span<UInt8>) {
            guard let valid = try? UTF8Span(validating: bytes) else { return }
            let part = String(copying: valid)
            if isTitle { title += part } else { text += part }
        }
    }
}
