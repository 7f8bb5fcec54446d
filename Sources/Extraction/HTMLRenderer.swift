import XML

/// Lays out the tags and texts of one HTML document.
struct HTMLRenderer: HTMLVisitor {
    /// An open element and what its end has to undo.
    struct Element {
        let tag: Tag
        var hasIndent = false
        /// The next item's number in a list; in a table, not nil where cells without text count.
        var number: Int?
        /// Links: where the text began, and the target.
        var textStart: Int?
        var target: String?
        /// Rows and cells: bytes written before them.
        var countBefore = 0
        /// Rows: lines written before them.
        var linesBefore = 0
        /// Rows: cells without text since the last one with text.
        var emptyCells = 0
    }

    var writer: TextWriter
    var elements: [Element] = []
    /// Open elements by tag, to dismiss end tags of nothing at once.
    private var openCounts = [Int](repeating: 0, count: Tag.count)
    private var hidden: HiddenElement?
    private var isParagraphTight = false

    init(byteCountMax: Int) { writer = TextWriter(.collapsing, byteCountMax: byteCountMax) }

    var isDone: Bool { writer.isTruncated }

    consuming func finish() -> ExtractedText {
        while !elements.isEmpty { pop() }
        return writer.finish()
    }

    mutating func text(_ bytes: Span<UInt8>) {
        guard hidden == nil else { return }
        beginText(isVisible: TextWriter.isVisible(bytes))
        writer.write(bytes)
    }

    mutating func start(_ name: String, attributes: Attributes) {
        guard let tag = Tag(name) else { return }
        if var region = hidden {
            let isOver = region.start(tag)
            hidden = isOver ? nil : region
            guard isOver else { return }
        }
        let style = TagStyle(tag, attributes)
        if tag == .script || tag == .head || style.isHidden {
            if !tag.isVoid { hidden = HiddenElement(tag) }
            return
        }
        closeImplied(before: tag)
        switch tag {
        case .br: writer.breakLine()
        case .hr: rule()
        case .img: image(attributes)
        case .a, .cell, .row: open(tag, name, attributes)
        default:
            if tag == .p { isParagraphTight = style.isTight }
            requestBreaks(tag == .p && isParagraphTight ? 1 : breaks(of: tag))
            if style.isReplyHeader { push(Element(tag: .quotedReply), quoteIndent) }
            if tag.isContainer { open(tag, name, attributes) }
        }
    }

    mutating func end(_ name: String) {
        guard let tag = Tag(name) else { return }
        if var region = hidden {
            let isOuter = isOpen(tag) || tag == .body
            let verdict = region.end(tag, isOpenOutside: isOuter)
            hidden = verdict == .hidden ? region : nil
            guard verdict == .visibleBefore else { return }
        }
        if tag.isContainer {
            guard let index = indexOfOpen(tag) else { return }
            while elements.count > index { pop() }
        } else if let breaks = tag.breaks {
            requestBreaks(tag == .p && isParagraphTight ? 1 : breaks)
        }
    }

    /// A block asks for line breaks; not at the beginning of a cell, which stays in its row.
    mutating func requestBreaks(_ count: Int?) {
        guard let count else { return }
        if let cell = elements.last, cell.tag == .cell, cell.countBefore == writer.count { return }
        writer.requestBreaks(count)
    }

    mutating func push(_ element: Element, _ indent: TextWriter.Indent? = nil) {
        guard elements.count < Limits.openElementsMax else { return }
        var element = element
        if let indent { element.hasIndent = writer.pushIndent(indent) }
        elements.append(element)
        openCounts[Int(element.tag.rawValue)] += 1
    }

    mutating func pop() {
        guard let element = elements.popLast() else { return }
        openCounts[Int(element.tag.rawValue)] -= 1
        close(element)
        if element.hasIndent { writer.popIndent() }
    }

    func isOpen(_ tag: Tag) -> Bool { openCounts[Int(tag.rawValue)] > 0 }

    /// The innermost open element of that kind that an end tag here can mean.
    ///
    /// What is open outside of a cell is not ended from within it.
    func indexOfOpen(_ tag: Tag) -> Int? {
        guard isOpen(tag) else { return nil }
        for index in elements.indices.reversed() {
            let open = elements[index].tag
            if open == tag { return index }
            if open == .table || open == .cell && tag != .table && tag != .row { return nil }
        }
        return nil
    }

    private mutating func closeImplied(before tag: Tag) {
        switch tag {
        case .item: closeItem()
        case .row, .cell:
            if let index = indexOfOpen(tag) { while elements.count > index { pop() } }
        case .a:
            if let index = indexOfOpen(.a) { while elements.count > index { pop() } }
        default: break
        }
    }

    private mutating func closeItem() {
        for index in elements.indices.reversed() {
            switch elements[index].tag {
            case .item:
                while elements.count > index { pop() }
                return
            case .orderedList, .unorderedList, .cell, .table: return
            default: break
            }
        }
    }
}
