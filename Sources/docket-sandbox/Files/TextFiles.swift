/// A web page: headings, paragraphs and tables.
enum HTMLFile {
    static func bytes(of lines: [TextLine]) -> [UInt8] {
        var body = ""
        var isInTable = false
        for line in lines {
            if case .row(let cells) = line {
                if !isInTable { body += "<table>\n" }
                isInTable = true
                body += "<tr>" + cells.map { "<td>\($0.escapedXML)</td>" }.joined() + "</tr>\n"
                continue
            }
            if isInTable { body += "</table>\n" }
            isInTable = false
            if case .heading(let text) = line {
                body += "<h1>\(text.escapedXML)</h1>\n"
            } else {
                body += "<p>\(line.plain.escapedXML)</p>\n"
            }
        }
        if isInTable { body += "</table>\n" }
        let title = (lines.first?.plain ?? "").escapedXML
        return Array(
            """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(title)</title>
            <style>td { border: 1px solid }</style></head>
            <body>
            \(body)</body></html>

            """.utf8)
    }
}

/// A mail as a file, in both forms of its text (RFC 5322, RFC 2046 §5.1.4).
enum MailFile {
    static func bytes(of lines: [TextLine]) -> [UInt8] {
        let title = lines.first?.plain ?? ""
        let plain = lines.dropFirst().map(\.plain).joined(separator: "\n")
        let boundary = "alternative-\(CRC32.of(Array(plain.utf8)))"
        var text = [
            "Date: Wed, 12 Mar 2025 09:14:00 +0100",
            "From: Lena Brandt <lena.brandt@contoso.example>",
            "To: Operations <operations@contoso.example>",
            "Subject: =?utf-8?B?\(Base64.encode(Array(title.utf8)))?=",
            "Message-ID: <\(CRC32.of(Array(title.utf8)))@contoso.example>",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
        ]
        let parts = [
            ("text/plain", Array(plain.utf8)), ("text/html", HTMLFile.bytes(of: lines)),
        ]
        for (type, bytes) in parts {
            text += ["--\(boundary)", "Content-Type: \(type); charset=utf-8"]
            text += ["Content-Transfer-Encoding: base64", ""] + encoded(bytes)
        }
        return Array((text + ["--\(boundary)--", ""]).joined(separator: "\r\n").utf8)
    }

    /// Lines of 76 characters, as RFC 2045 §6.8 allows.
    private static func encoded(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 57).map {
            Base64.encode(Array(bytes[$0..<min($0 + 57, bytes.count)]))
        }
    }
}
