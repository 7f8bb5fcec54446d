/// A segment with its fields and the segments below it.
struct IDocSegment: Sendable {
    let name: String
    let fields: [(name: String, value: String)]
    var children: [IDocSegment] = []

    init(
        _ name: String, _ fields: [(name: String, value: String)], _ children: [IDocSegment] = []
    ) {
        (self.name, self.fields, self.children) = (name, fields, children)
    }

    /// An empty value is an initial one, and an empty element.
    func write(to text: inout String) {
        text += "<\(name) SEGMENT=\"1\">"
        for field in fields {
            if field.value.isEmpty {
                text += "<\(field.name)/>"
            } else {
                text += "<\(field.name)>\(XMLText.escaped(field.value))</\(field.name)>"
            }
        }
        for child in children { child.write(to: &text) }
        text += "</\(name)>\n"
    }

    /// A long text in lines of the vendor's width: `*` begins a paragraph, `=` goes on.
    static func lines(_ text: String, _ name: String) -> [IDocSegment] {
        var segments: [IDocSegment] = []
        for paragraph in text.split(separator: "\n") {
            var rest = paragraph[...]
            var format = "*"
            while !rest.isEmpty {
                let line = String(rest.prefix(IDocLimits.lineCharacters))
                rest = rest.dropFirst(IDocLimits.lineCharacters)
                segments.append(IDocSegment(name, [("TDFORMAT", format), ("TDLINE", line)]))
                format = "="
            }
        }
        return segments
    }
}
