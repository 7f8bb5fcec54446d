/// A kind of file the sandbox writes itself, from nothing but a text.
///
/// The text's first line is the title. Lines that begin with `|` are rows of a table, their
/// cells between further `|`; lines that begin with `# ` are headings, and begin a slide.
enum FileFormat: String, CaseIterable, Sendable {
    case txt, md, html, csv, pdf, docx, xlsx, pptx, eml

    /// The format a file's name promises, by its ending.
    init?(ofName name: String) {
        guard let ending = name.split(separator: ".").last else { return nil }
        self.init(rawValue: ending.lowercased())
    }

    /// Whether a file of it is more than the text.
    var isMade: Bool {
        switch self {
        case .txt, .md, .csv: false
        case .html, .pdf, .docx, .xlsx, .pptx, .eml: true
        }
    }

    var mimeType: String {
        let office = "application/vnd.openxmlformats-officedocument."
        return switch self {
        case .txt: "text/plain"
        case .md: "text/markdown"
        case .html: "text/html"
        case .csv: "text/csv"
        case .pdf: "application/pdf"
        case .docx: office + "wordprocessingml.document"
        case .xlsx: office + "spreadsheetml.sheet"
        case .pptx: office + "presentationml.presentation"
        case .eml: "message/rfc822"
        }
    }

    /// What a file's bytes say where the format its name promises is nothing but text.
    static func plainText(of bytes: [UInt8], named name: String) -> String? {
        guard let format = FileFormat(ofName: name), !format.isMade else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The file; the same text gives the same bytes.
    func bytes(of text: String) -> [UInt8] {
        let lines = TextLine.lines(of: text)
        return switch self {
        case .txt, .md, .csv: Array(text.utf8)
        case .html: HTMLFile.bytes(of: lines)
        case .pdf: PDFFile.bytes(of: lines)
        case .docx: WordFile.bytes(of: lines)
        case .xlsx: ExcelFile.bytes(of: lines)
        case .pptx: PowerPointFile.bytes(of: lines)
        case .eml: MailFile.bytes(of: lines)
        }
    }
}

/// A line of a text that becomes a file.
enum TextLine: Sendable, Equatable {
    case heading(String)
    case paragraph(String)
    case row([String])

    /// The lines that are not empty; the first one is a heading.
    static func lines(of text: String) -> [TextLine] {
        var lines = text.split(separator: "\n").map(line)
        if case .paragraph(let title)? = lines.first { lines[0] = .heading(title) }
        return lines
    }

    private static func line(_ text: Substring) -> TextLine {
        if text.hasPrefix("# ") { return .heading(String(text.dropFirst(2))) }
        guard text.hasPrefix("|") else { return .paragraph(String(text)) }
        let cells = text.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
        return .row(cells.map { String($0.trimmed) })
    }

    /// All of it, the cells of a row one after the other.
    var plain: String {
        switch self {
        case .heading(let text), .paragraph(let text): text
        case .row(let cells): cells.joined(separator: "   ")
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " }
        return start.dropLast(start.reversed().prefix { $0 == " " }.count)
    }
}

extension String {
    /// With the five characters escaped that XML reserves.
    var escapedXML: String {
        var escaped = ""
        for character in self {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
