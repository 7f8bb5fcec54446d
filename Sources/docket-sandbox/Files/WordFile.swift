/// A Word document: headings, paragraphs and tables.
///
/// Source: ECMA-376 part 1, §17 (WordprocessingML), part 2 (packages).
enum WordFile {
    static func bytes(of lines: [TextLine]) -> [UInt8] {
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        var archive = ZipArchive()
        archive.add(
            "[Content_Types].xml",
            OfficePackage.contentTypes([
                ("/word/document.xml", main + ".document.main+xml"),
                ("/word/styles.xml", main + ".styles+xml"),
            ]))
        archive.add(
            "_rels/.rels", OfficePackage.relations([("officeDocument", "word/document.xml")]))
        archive.add(
            "word/_rels/document.xml.rels", OfficePackage.relations([("styles", "styles.xml")]))
        archive.add("word/styles.xml", styles)
        archive.add("word/document.xml", document(lines))
        OfficePackage.addProperties(title: lines.first?.plain ?? "", to: &archive)
        return archive.bytes
    }

    private static let namespace =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

    private static let styles =
        OfficePackage.head + "<w:styles \(namespace)><w:style w:type=\"paragraph\" w:default=\"1\" "
        + "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" "
        + "w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/>"
        + "<w:rPr><w:b/><w:sz w:val=\"28\"/></w:rPr></w:style></w:styles>"

    private static func document(_ lines: [TextLine]) -> String {
        var body = ""
        var isInTable = false
        for line in lines {
            if case .row(let cells) = line {
                if !isInTable { body += "<w:tbl><w:tblPr/><w:tblGrid/>" }
                isInTable = true
                let columns = cells.map { "<w:tc><w:tcPr/>\(paragraph($0))</w:tc>" }.joined()
                body += "<w:tr>\(columns)</w:tr>"
                continue
            }
            if isInTable { body += "</w:tbl>" }
            isInTable = false
            if case .heading(let text) = line {
                body += paragraph(text, style: "Heading1")
            } else {
                body += paragraph(line.plain)
            }
        }
        // A table must be followed by a paragraph.
        if isInTable { body += "</w:tbl><w:p/>" }
        return OfficePackage.head + "<w:document \(namespace)><w:body>\(body)<w:sectPr/></w:body>"
            + "</w:document>"
    }

    /// In two runs, as editing leaves them: a reader must not put a space between.
    private static func paragraph(_ text: String, style: String? = nil) -> String {
        let style = style.map { "<w:pPr><w:pStyle w:val=\"\($0)\"/></w:pPr>" } ?? ""
        let middle = text.index(text.startIndex, offsetBy: text.count / 2)
        let runs = [text[..<middle], text[middle...]].filter { !$0.isEmpty }.map {
            "<w:r><w:t xml:space=\"preserve\">\(String($0).escapedXML)</w:t></w:r>"
        }
        return "<w:p>\(style)\(runs.joined())</w:p>"
    }
}
