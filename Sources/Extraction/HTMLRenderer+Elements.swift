import XML

/// What each element does at its beginning and at its end.
extension HTMLRenderer {
    var quoteIndent: TextWriter.Indent {
        TextWriter.Indent(lead: nil, rest: Array("> ".utf8))
    }

    mutating func open(_ tag: Tag, _ name: String, _ attributes: Attributes) {
        var element = Element(tag: tag)
        var indent: TextWriter.Indent?
        switch tag {
        case .a:
            element.target = attributes("href")
        case .blockquote:
            indent = quoteIndent
        case .cell:
            if name == "th" { countEmptyCells() }
            beginCell()
            element.countBefore = writer.count
        case .heading:
            let level = Int(name.dropFirst()) ?? 1
            let lead = [UInt8](repeating: UInt8(ascii: "#"), count: level) + [UInt8(ascii: " ")]
            indent = TextWriter.Indent(lead: lead, rest: [])
        case .item:
            indent = TextWriter.Indent(lead: itemLead(), rest: Array("  ".utf8))
        case .orderedList:
            let start = attributes("start").flatMap { Int32($0) }
            element.number = start.map { Int($0) } ?? 1
        case .pre:
            writer.flow = .preserving
        case .row:
            // A row without a table about it ends where the next one begins.
            writer.requestBreaks(1)
            (element.countBefore, element.linesBefore) = (writer.count, writer.lineCount)
        case .table:
            let border = attributes("border") ?? "0"
            if Int32(border) ?? 1 > 0 { element.number = 0 }
        default: break
        }
        push(element, indent)
    }

    mutating func close(_ element: Element) {
        switch element.tag {
        case .a: closeLink(element)
        case .cell: closeCell(element)
        case .heading, .blockquote, .quotedReply, .table, .orderedList, .unorderedList:
            writer.requestBreaks(breaks(of: element.tag) ?? 0)
        case .item: writer.requestBreaks(1)
        case .row:
            // What the last cell's paragraphs asked for would tear the table apart.
            if writer.lineCount <= element.linesBefore + 1 { writer.replaceBreaks(bySeparator: []) }
            writer.requestBreaks(1)
        case .pre:
            if !elements.contains(where: { $0.tag == .pre }) { writer.flow = .collapsing }
            writer.requestBreaks(2)
        default: break
        }
    }

    /// Notes where a link's text begins, before any of it is written.
    mutating func beginText(isVisible: Bool) {
        guard isVisible, isOpen(.a), let index = elements.lastIndex(where: { $0.tag == .a }),
            elements[index].textStart == nil
        else { return }
        writer.prepare()
        elements[index].textStart = writer.count
    }

    mutating func rule() {
        requestBreaks(2)
        writer.write("---".utf8.span)
        requestBreaks(2)
    }

    /// An image is what its description says, unless it is a beacon or named after its file.
    mutating func image(_ attributes: Attributes) {
        for side in ["width", "height"] as [StaticString] {
            let size = attributes(side)
            let digits = size?.prefix { $0.isASCII && $0.isNumber } ?? ""
            if let pixels = Int(digits), pixels <= Limits.beaconPixelsMax { return }
        }
        guard let text = attributes("alt") else { return }
        let suffix = text.lowercased().suffix(5)
        guard ![".png", ".jpg", ".gif", ".jpeg", ".webp", ".bmp"].contains(where: suffix.hasSuffix)
        else { return }
        self.text(text.utf8.span)
    }

    /// As the tag has it, but for lists within lists, which are not set off.
    func breaks(of tag: Tag) -> Int? {
        let isList = tag == .orderedList || tag == .unorderedList
        return isList && isOpen(.item) ? 1 : tag.breaks
    }

    private mutating func itemLead() -> [UInt8] {
        let list = elements.lastIndex { $0.tag == .orderedList || $0.tag == .unorderedList }
        guard let list, let number = elements[list].number else { return Array("- ".utf8) }
        elements[list].number = number + 1
        return Array("\(number). ".utf8)
    }

    private mutating func countEmptyCells() {
        guard let table = elements.lastIndex(where: { $0.tag == .table }) else { return }
        elements[table].number = 0
    }

    /// Puts a cell into its row's line, unless a cell before it took several.
    private mutating func beginCell() {
        guard let row = elements.last, row.tag == .row, row.countBefore < writer.count else {
            return
        }
        // The row's own line is the first after those counted before it.
        guard writer.lineCount <= row.linesBefore + 1 else { return writer.requestBreaks(1) }
        let separators = repeatElement(" |", count: row.emptyCells + 1).joined() + " "
        writer.replaceBreaks(bySeparator: Array(separators.utf8))
    }

    private mutating func closeCell(_ cell: Element) {
        guard let row = elements.indices.last, elements[row].tag == .row else { return }
        if cell.countBefore < writer.count {
            elements[row].emptyCells = 0
        } else if cell.countBefore > elements[row].countBefore,
            elements.last(where: { $0.tag == .table })?.number != nil
        {
            elements[row].emptyCells = min(elements[row].emptyCells + 1, Limits.emptyCellsMax)
        }
    }

    private mutating func closeLink(_ link: Element) {
        guard var start = link.textStart, let target = link.target.flatMap(LinkTarget.init) else {
            return
        }
        guard let text = writer.line(from: start) else { return }
        let shown = text.drop { $0 == " " }
        start += text.utf8.count - shown.utf8.count
        guard !shown.isEmpty, !target.isSaid(by: shown) else { return }
        writer.wrap(from: start, [UInt8(ascii: "[")], Array("](\(target.text))".utf8))
    }
}
