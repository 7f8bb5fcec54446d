/// Reads `$expand` of version 4: `_Item($select=Material;$expand=_Text),_Partner`.
enum ERPExpandParser {
    static func shape(
        select: String?, expand: String?, depth: Int = 0
    ) throws(ERPError) -> ERPShape {
        guard depth <= ERPLimits.expandDepthMax else { throw .badRequest("Too deep an $expand") }
        var shape = ERPShape()
        for name in (select ?? "").split(separator: ",") where name != "*" {
            shape.names = (shape.names ?? []) + [name.filter { $0 != " " }]
        }
        for part in split(expand ?? "", at: ",") {
            let name = String(part.prefix { $0 != "(" })
            var nested = ERPShape()
            if part.hasSuffix(")") {
                var (innerSelect, innerExpand): (String?, String?) = (nil, nil)
                for option in split(part.dropFirst(name.count + 1).dropLast(), at: ";") {
                    let value = String(option.drop { $0 != "=" }.dropFirst())
                    switch option.prefix(while: { $0 != "=" }) {
                    case "$select": innerSelect = value
                    case "$expand": innerExpand = value
                    default: throw .badRequest("The option '\(option)' of $expand is not supported")
                    }
                }
                nested = try self.shape(
                    select: innerSelect, expand: innerExpand, depth: depth + 1)
            }
            let wanted = name.filter { $0 != " " }
            shape.expansions.append(ERPShape.Expansion(name: wanted, shape: nested))
        }
        return shape
    }

    /// Splits where no parenthesis is open.
    private static func split(_ text: some StringProtocol, at separator: Character) -> [String] {
        var parts: [String] = []
        var (part, depth) = ("", 0)
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == separator, depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return part.isEmpty ? parts : parts + [part]
    }
}
