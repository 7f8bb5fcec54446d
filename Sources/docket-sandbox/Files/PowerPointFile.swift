/// A PowerPoint presentation: a slide for each heading.
///
/// Source: ECMA-376 part 1, §19 (PresentationML), §20 (DrawingML).
enum PowerPointFile {
    private static let namespaces =
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\""
        + "\(OfficePackage.relationNamespace)\" "
        + "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""

    static func bytes(of lines: [TextLine]) -> [UInt8] {
        var slides: [(title: String, lines: [TextLine])] = []
        for line in lines {
            if case .heading(let title) = line {
                slides.append((title, []))
            } else if !slides.isEmpty {
                slides[slides.count - 1].lines.append(line)
            }
        }
        var archive = ZipArchive()
        addFrame(slideCount: slides.count, to: &archive)
        for (index, slide) in slides.enumerated() {
            archive.add("ppt/slides/slide\(index + 1).xml", xml(slide.title, slide.lines))
            archive.add(
                "ppt/slides/_rels/slide\(index + 1).xml.rels",
                OfficePackage.relations([("slideLayout", "../slideLayouts/slideLayout1.xml")]))
        }
        OfficePackage.addProperties(title: slides.first?.title ?? "", to: &archive)
        return archive.bytes
    }

    /// Everything but the slides.
    private static func addFrame(slideCount: Int, to archive: inout ZipArchive) {
        let main = "application/vnd.openxmlformats-officedocument.presentationml"
        let slides = (1...max(1, slideCount)).prefix(slideCount)
        var parts = [
            ("/ppt/presentation.xml", main + ".presentation.main+xml"),
            ("/ppt/slideMasters/slideMaster1.xml", main + ".slideMaster+xml"),
            ("/ppt/slideLayouts/slideLayout1.xml", main + ".slideLayout+xml"),
            (
                "/ppt/theme/theme1.xml",
                "application/vnd.openxmlformats-officedocument.theme+xml"
            ),
        ]
        parts += slides.map { ("/ppt/slides/slide\($0).xml", main + ".slide+xml") }
        archive.add("[Content_Types].xml", OfficePackage.contentTypes(parts))
        archive.add(
            "_rels/.rels", OfficePackage.relations([("officeDocument", "ppt/presentation.xml")]))
        archive.add(
            "ppt/_rels/presentation.xml.rels",
            OfficePackage.relations(
                [("slideMaster", "slideMasters/slideMaster1.xml")]
                    + slides.map { ("slide", "slides/slide\($0).xml") }))
        let ids = slides.map { "<p:sldId id=\"\(255 + $0)\" r:id=\"rId\($0 + 1)\"/>" }.joined()
        archive.add(
            "ppt/presentation.xml",
            OfficePackage.head + "<p:presentation \(namespaces)><p:sldMasterIdLst><p:sldMasterId "
                + "id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:sldIdLst>\(ids)"
                + "</p:sldIdLst><p:sldSz cx=\"9144000\" cy=\"6858000\"/>"
                + "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>")
        archive.add("ppt/slideMasters/slideMaster1.xml", master)
        archive.add(
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            OfficePackage.relations([
                ("slideLayout", "../slideLayouts/slideLayout1.xml"),
                ("theme", "../theme/theme1.xml"),
            ]))
        archive.add(
            "ppt/slideLayouts/slideLayout1.xml",
            OfficePackage.head + "<p:sldLayout \(namespaces) type=\"obj\"><p:cSld>\(tree(""))"
                + "</p:cSld></p:sldLayout>")
        archive.add(
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            OfficePackage.relations([("slideMaster", "../slideMasters/slideMaster1.xml")]))
        archive.add("ppt/theme/theme1.xml", theme)
    }

    private static func xml(_ title: String, _ lines: [TextLine]) -> String {
        let shapes =
            shape(2, "Title", "<p:ph type=\"title\"/>", [title], top: 300_000)
            + shape(3, "Content", "<p:ph idx=\"1\"/>", lines.map(\.plain), top: 1_600_000)
        return OfficePackage.head + "<p:sld \(namespaces)><p:cSld>\(tree(shapes))</p:cSld></p:sld>"
    }

    private static func shape(
        _ id: Int, _ name: String, _ placeholder: String, _ texts: [String], top: Int
    ) -> String {
        let paragraphs = texts.map { "<a:p><a:r><a:t>\($0.escapedXML)</a:t></a:r></a:p>" }.joined()
        return "<p:sp><p:nvSpPr><p:cNvPr id=\"\(id)\" name=\"\(name)\"/><p:cNvSpPr/><p:nvPr>"
            + "\(placeholder)</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"457200\" y=\"\(top)\"/>"
            + "<a:ext cx=\"8229600\" cy=\"1200000\"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>"
            + "\(paragraphs.isEmpty ? "<a:p/>" : paragraphs)</p:txBody></p:sp>"
    }

    private static func tree(_ shapes: String) -> String {
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/>"
            + "</p:nvGrpSpPr><p:grpSpPr/>\(shapes)</p:spTree>"
    }

    private static let master =
        OfficePackage.head + "<p:sldMaster \(namespaces)><p:cSld>\(tree(""))</p:cSld><p:clrMap "
        + "bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" "
        + "accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" "
        + "hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst><p:sldLayoutId "
        + "id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst></p:sldMaster>"

    private static let theme: String = {
        let colors = [
            "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD",
            "accent2": "C0504D", "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6",
            "accent6": "F79646", "hlink": "0000FF", "folHlink": "800080",
        ]
        let order = ["dk1", "lt1", "dk2", "lt2"] + (1...6).map { "accent\($0)" }
        let scheme = (order + ["hlink", "folHlink"]).map {
            "<a:\($0)><a:srgbClr val=\"\(colors[$0, default: "000000"])\"/></a:\($0)>"
        }.joined()
        let font = "<a:latin typeface=\"Calibri\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>"
        let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
        let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
        return OfficePackage.head
            + "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
            + "name=\"Contoso\"><a:themeElements><a:clrScheme name=\"Contoso\">\(scheme)"
            + "</a:clrScheme><a:fontScheme name=\"Contoso\"><a:majorFont>\(font)</a:majorFont>"
            + "<a:minorFont>\(font)</a:minorFont></a:fontScheme><a:fmtScheme name=\"Contoso\">"
            + "<a:fillStyleLst>\(fill)\(fill)\(fill)</a:fillStyleLst><a:lnStyleLst><a:ln>\(fill)"
            + "</a:ln><a:ln>\(fill)</a:ln><a:ln>\(fill)</a:ln></a:lnStyleLst><a:effectStyleLst>"
            + "\(effect)\(effect)\(effect)</a:effectStyleLst><a:bgFillStyleLst>\(fill)\(fill)"
            + "\(fill)</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    }()
}
