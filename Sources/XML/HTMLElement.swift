/// The elements of HTML that mails are made of, and when libxml2 ends them by itself.
///
/// Source: libxml2 2.9, HTMLparser.c: html40ElementTable, htmlStartClose, htmlEndPriority.
struct HTMLElement: Sendable {
    let name: String
    /// Ended where it begins.
    let isEmpty: Bool
    /// What is in it is no markup: a script, a style.
    let isRaw: Bool
    /// One of `html`, `head` and `body`.
    let isFrame: Bool
    /// An end tag does not reach beyond an open element of a higher one.
    let priority: Int
    /// One bit for itself, and one for each element that cannot be within it.
    fileprivate(set) var bit: UInt64 = 0
    fileprivate(set) var endedBy: UInt64 = 0

    static let all: [HTMLElement] = {
        var elements = names.split(separator: " ").map { HTMLElement(String($0)) }
        for index in elements.indices { elements[index].bit = 1 << UInt64(index) }
        let bits = Dictionary(uniqueKeysWithValues: elements.map { ($0.name, $0.bit) })
        for index in elements.indices {
            for name in (enders[elements[index].name] ?? "").split(separator: " ") {
                elements[index].endedBy |= bits[String(name)] ?? 0
            }
        }
        return elements
    }()

    /// Where in `all` each is.
    static let table = NameTable(all.map(\.name))

    private init(_ name: String) {
        self.name = name
        isEmpty = ["br", "col", "hr", "img", "input", "link", "meta"].contains(name)
        isRaw = name == "script" || name == "style"
        isFrame = name == "html" || name == "head" || name == "body"
        priority = Self.priorities[name] ?? 100
    }

    /// At most 64 of them.
    ///
    /// The last ones are new to libxml2, which knows of no rules for them.
    private static let names = """
        a address b big blockquote body br caption center code col colgroup dd del div dl dt em \
        font h1 h2 h3 h4 h5 h6 head hr html i img ins input li link meta ol p pre s script small \
        span strike strong style sub sup table tbody td tfoot th thead title tr tt u ul \
        article footer header main o:p section
        """

    private static let priorities = [
        "div": 150, "td": 160, "th": 160, "tr": 170, "thead": 180, "tbody": 180, "tfoot": 180,
        "table": 190, "head": 200, "body": 200, "html": 220,
    ]

    private static let enders: [String: String] = [
        "a": "a table td th", "address": "dd dl dt li ul", "b": "center p td th", "big": "p",
        "caption": "col colgroup tbody tfoot thead tr", "col": "col colgroup tbody tfoot thead tr",
        "colgroup": "colgroup tbody tfoot thead tr", "dd": "dt", "dl": "li", "dt": "dd dl",
        "font": "center td th", "h1": "li p table", "h2": "li p table", "h3": "li p table",
        "h4": "li p table", "h5": "li p table", "h6": "li p table",
        "head": """
        a address b big blockquote body br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 hr \
        i img li ol p pre s small span strike strong sub sup table tt u ul
        """,
        "i": "center p td th", "li": "li", "link": "body", "ol": "ul",
        "p": """
        address blockquote body caption center col colgroup dd div dl dt h1 h2 h3 h4 h5 h6 head \
        hr li ol p pre table tbody td tfoot th title tr ul
        """,
        "pre": "dd dl dt li table ul", "s": "p", "small": "p", "span": "td th", "strike": "p",
        "style": "body", "tbody": "tbody tfoot", "td": "tbody td tfoot th tr", "tfoot": "tbody",
        "th": "tbody td tfoot th tr", "thead": "tbody tfoot", "title": "body",
        "tr": "tbody tfoot tr", "tt": "p", "u": "p td th", "ul": "address ol pre",
    ]
}
