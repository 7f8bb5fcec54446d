/// An Excel workbook of one sheet, its texts in the table of shared strings.
///
/// Source: ECMA-376 part 1, §18 (SpreadsheetML).
enum ExcelFile {
    private static let namespace =
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

    static func bytes(of lines: [TextLine]) -> [UInt8] {
        let main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        var strings: [String] = []
        let sheet = sheet(lines.dropFirst(), &strings)
        var archive = ZipArchive()
        archive.add(
            "[Content_Types].xml",
            OfficePackage.contentTypes([
                ("/xl/workbook.xml", main + ".sheet.main+xml"),
                ("/xl/worksheets/sheet1.xml", main + ".worksheet+xml"),
                ("/xl/sharedStrings.xml", main + ".sharedStrings+xml"),
            ]))
        archive.add("_rels/.rels", OfficePackage.relations([("officeDocument", "xl/workbook.xml")]))
        archive.add(
            "xl/_rels/workbook.xml.rels",
            OfficePackage.relations([
                ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"),
            ]))
        archive.add("xl/workbook.xml", workbook(title: lines.first?.plain ?? ""))
        archive.add("xl/worksheets/sheet1.xml", sheet)
        let items = strings.map { "<si><t xml:space=\"preserve\">\($0.escapedXML)</t></si>" }
        archive.add(
            "xl/sharedStrings.xml",
            OfficePackage.head + "<sst \(namespace) count=\"\(strings.count)\" "
                + "uniqueCount=\"\(strings.count)\">\(items.joined())</sst>")
        OfficePackage.addProperties(title: lines.first?.plain ?? "", to: &archive)
        return archive.bytes
    }

    private static func workbook(title: String) -> String {
        // A sheet's name has at most 31 characters, and none of these.
        let name = String(title.filter { !":\\/?*[]'".contains($0) }.prefix(31))
        return OfficePackage.head + "<workbook \(namespace) xmlns:r=\""
            + "\(OfficePackage.relationNamespace)\"><sheets><sheet name=\"\(name.escapedXML)\" "
            + "sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    }

    private static func sheet(_ lines: ArraySlice<TextLine>, _ strings: inout [String]) -> String {
        var places: [String: Int] = [:]
        var rows = ""
        for (index, line) in lines.enumerated() {
            var cells: [String] = [line.plain]
            if case .row(let row) = line { cells = row }
            var columns = ""
            for (column, cell) in cells.enumerated() where !cell.isEmpty {
                let place = "\(letters(column))\(index + 1)"
                if let number = Double(cell), number.isFinite {
                    columns += "<c r=\"\(place)\"><v>\(cell)</v></c>"
                    continue
                }
                let number = places[cell] ?? strings.count
                if number == strings.count { strings.append(cell) }
                places[cell] = number
                columns += "<c r=\"\(place)\" t=\"s\"><v>\(number)</v></c>"
            }
            rows += "<row r=\"\(index + 1)\">\(columns)</row>"
        }
        return OfficePackage.head + "<worksheet \(namespace)><sheetData>\(rows)</sheetData>"
            + "</worksheet>"
    }

    /// `A` to `Z`, then `AA`.
    private static func letters(_ column: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }
}
