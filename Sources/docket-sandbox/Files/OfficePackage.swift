/// What the three office formats share (ECMA-376 part 2, Open Packaging Conventions).
enum OfficePackage {
    static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let relationNamespace =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    static func contentTypes(_ parts: [(name: String, type: String)]) -> String {
        let package = "application/vnd.openxmlformats-package."
        let all = parts + [("/docProps/core.xml", package + "core-properties+xml")]
        return head
            + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"\(package)relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + all.map { "<Override PartName=\"\($0.name)\" ContentType=\"\($0.type)\"/>" }.joined()
            + "</Types>"
    }

    /// Relations `rId1`, `rId2`, ...; of the package itself where they name the main document.
    static func relations(_ targets: [(type: String, target: String)]) -> String {
        let isRoot = targets.contains { $0.type == "officeDocument" }
        var text = head
        text += "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
        text += "relationships\">"
        for (index, pair) in targets.enumerated() {
            text += "<Relationship Id=\"rId\(index + 1)\" Type=\"\(relationNamespace)/"
            text += "\(pair.type)\" Target=\"\(pair.target)\"/>"
        }
        if isRoot {
            text += "<Relationship Id=\"rIdCore\" Type=\"http://schemas.openxmlformats.org/package/"
            text += "2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
        }
        return text + "</Relationships>"
    }

    static func addProperties(title: String, to archive: inout ZipArchive) {
        archive.add(
            "docProps/core.xml",
            head + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
                + "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                + "<dc:title>\(title.escapedXML)</dc:title><dc:creator>Contoso Pumps</dc:creator>"
                + "</cp:coreProperties>")
    }
}
