import XML

/// The elements that matter to the layout of a text.
enum Tag: UInt8, CaseIterable {
    case a, article, aside, blockquote, body, br, button, caption, cell, center, definition, div
    case figure, head, heading, hr, img, input, item, option, orderedList, p, pre, quotedReply
    case row, script, section, span, table, term, textarea, unorderedList

    static let count = allCases.count

    /// - Parameter name: Lower case.
    init?(_ name: String) {
        guard let index = Self.places[name.utf8.span] else { return nil }
        self = Self.tags[index]
    }

    private static let places = NameTable(names.map(\.key))
    private static let tags = names.map(\.value)
    private static let names: KeyValuePairs<String, Tag> = [
        "a": .a, "address": .div, "article": .article, "aside": .aside,
        "blockquote": .blockquote, "body": .body, "br": .br, "button": .button,
        "caption": .caption, "center": .center, "dd": .definition, "details": .div,
        "dir": .unorderedList, "div": .div, "dl": .section, "dt": .term, "fieldset": .div,
        "figcaption": .div, "figure": .figure, "font": .span, "footer": .section, "form": .div,
        "h1": .heading, "h2": .heading, "h3": .heading, "h4": .heading, "h5": .heading,
        "h6": .heading, "head": .head, "header": .section, "hr": .hr, "img": .img,
        "input": .input, "legend": .div, "li": .item, "listing": .pre, "main": .section,
        "menu": .unorderedList, "nav": .section, "object": .script, "ol": .orderedList,
        "optgroup": .option, "option": .option, "p": .p, "pre": .pre, "script": .script,
        "section": .section, "select": .span, "span": .span, "style": .script,
        "summary": .div, "svg": .script, "table": .table, "td": .cell, "template": .script,
        "textarea": .textarea, "th": .cell, "title": .script, "tr": .row, "ul": .unorderedList,
        "audio": .script, "canvas": .script, "iframe": .script, "math": .span,
        "noembed": .script, "noframes": .script, "video": .script, "xmp": .script,
        "b": .span, "strong": .span, "i": .span, "em": .span, "u": .span, "small": .span,
    ]

    /// Elements without content, hence without an end.
    var isVoid: Bool { self == .br || self == .hr || self == .img || self == .input }

    /// Elements of which the layout keeps a stack.
    var isContainer: Bool {
        switch self {
        case .a, .blockquote, .cell, .heading, .item, .orderedList, .pre, .quotedReply, .row,
            .table, .unorderedList:
            true
        default: false
        }
    }

    /// Line breaks a block has before and after it; nil for what runs on in the line.
    var breaks: Int? {
        switch self {
        case .article, .aside, .blockquote, .figure, .heading, .hr, .orderedList, .p, .pre,
            .quotedReply, .section, .table, .unorderedList:
            2
        case .body, .caption, .center, .definition, .div, .item, .option, .row, .term, .textarea:
            1
        default: nil
        }
    }
}
