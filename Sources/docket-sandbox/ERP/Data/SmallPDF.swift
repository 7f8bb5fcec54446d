/// A valid PDF of one page with lines of text (ISO 32000-1 §7.5).
enum SmallPDF {
    /// The lines are ASCII.
    static func bytes(_ lines: [String]) -> [UInt8] {
        let shown = lines.map { line in
            let escaped = String(
                line.flatMap { "()\\".contains($0) ? ["\\", $0] : [$0] as [Character] })
            return "(\(escaped)) Tj T*"
        }
        let stream = "BT /F1 12 Tf 16 TL 56 780 Td " + shown.joined(separator: " ") + " ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(stream.utf8.count) >>\nstream\n\(stream)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        // Every entry of the table has twenty bytes.
        let entries = offsets.map { offset in
            let digits = String(offset)
            return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n" + entries.joined()
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\n"
        text += "startxref\n\(table)\n%%EOF\n"
        return Array(text.utf8)
    }
}
