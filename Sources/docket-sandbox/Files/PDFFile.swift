/// A PDF with its text as text: one font, as many pages as it takes, nothing compressed.
///
/// Source: ISO 32000-1 §7.5 (file structure), §9.4 (text), annex D (WinAnsiEncoding).
enum PDFFile {
    private static let columns = 88
    private static let linesPerPage = 50

    static func bytes(of lines: [TextLine]) -> [UInt8] {
        let wrapped = lines.flatMap { wrap($0.plain) + [""] }
        let pages = stride(from: 0, to: max(1, wrapped.count), by: linesPerPage).map {
            Array(wrapped[$0..<min($0 + linesPerPage, wrapped.count)])
        }
        let kids = pages.indices.map { "\(5 + 2 * $0) 0 R" }.joined(separator: " ")
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Title (\(literal(lines.first?.plain ?? ""))) /Producer (docket-sandbox) >>",
        ]
        for (index, page) in pages.enumerated() {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 "
                    + "3 0 R >> >> /Contents \(6 + 2 * index) 0 R >>")
            var content = "BT\n/F1 11 Tf\n14 TL\n56 780 Td\n"
            for line in page { content += "(\(literal(line))) Tj T*\n" }
            content += "ET"
            objects.append(
                "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        return file(objects)
    }

    private static func file(_ objects: [String]) -> [UInt8] {
        var file = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(file.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let start = file.count
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        table += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 4 0 R >>\n"
        return file + Array("\(table)startxref\n\(start)\n%%EOF\n".utf8)
    }

    private static func wrap(_ text: String) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + word.count < columns {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// What may stand between parentheses; all beyond ASCII in octal.
    private static func literal(_ text: String) -> String {
        var literal = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")", "\\": literal += "\\\(scalar)"
            case " "..."~": literal.unicodeScalars.append(scalar)
            default:
                let code = winANSI[scalar] ?? (0xA0...0xFF ~= scalar.value ? scalar.value : 0x3F)
                let digits = String(code, radix: 8)
                literal += "\\" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            }
        }
        return literal
    }

    /// Those of the characters where WinAnsiEncoding and Unicode differ that letters use.
    private static let winANSI: [Unicode.Scalar: UInt32] = [
        "€": 0x80, "‚": 0x82, "„": 0x84, "…": 0x85, "Š": 0x8A, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91,
        "’": 0x92, "“": 0x93, "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97, "š": 0x9A, "œ": 0x9C,
        "ž": 0x9E,
    ]
}
