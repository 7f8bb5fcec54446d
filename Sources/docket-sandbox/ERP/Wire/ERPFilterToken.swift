/// What a `$filter` is made of.
enum ERPFilterToken: Equatable {
    case open, close, comma
    case word(String)
    case value(ERPValue)

    /// - Throws: ``ERPError`` 400 for a literal that is none.
    static func tokens(_ text: String, isV4: Bool) throws(ERPError) -> [ERPFilterToken] {
        var tokens: [ERPFilterToken] = []
        var rest = Array(text)[...]
        while let character = rest.first {
            switch character {
            case " ": rest = rest.dropFirst()
            case "(":
                tokens.append(.open)
                rest = rest.dropFirst()
            case ")":
                tokens.append(.close)
                rest = rest.dropFirst()
            case ",":
                tokens.append(.comma)
                rest = rest.dropFirst()
            case "'": tokens.append(.value(.text(try quoted(&rest))))
            default:
                let end = rest.firstIndex { " (),'".contains($0) } ?? rest.endIndex
                let word = String(rest[..<end])
                rest = rest[end...]
                if rest.first == "'" {
                    guard !isV4 else { throw .badRequest("Invalid literal \(word)") }
                    tokens.append(.value(try typed(word, try quoted(&rest))))
                } else {
                    tokens.append(bare(word, isV4: isV4))
                }
            }
        }
        return tokens
    }

    private static func quoted(_ rest: inout ArraySlice<Character>) throws(ERPError) -> String {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst() {
            guard character == "'" else {
                text.append(character)
                continue
            }
            guard rest.first == "'" else { return text }
            text.append("'")
            rest = rest.dropFirst()
        }
        throw .badRequest("A literal does not end")
    }

    private static func typed(_ prefix: String, _ text: String) throws(ERPError) -> ERPValue {
        switch prefix {
        case "datetime", "datetimeoffset":
            let hasZone = text.hasSuffix("Z") || text.dropFirst(19).contains { "+-".contains($0) }
            if let ticks = ERPValue.ticks(text), (prefix == "datetimeoffset") == hasZone {
                return .moment(ticks)
            }
        case "guid": return .text(text.lowercased())
        case "time":
            if let match = text.wholeMatch(of: /PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?/) {
                let parts = [match.1, match.2, match.3].map { Int($0 ?? "0") ?? 0 }
                guard parts.allSatisfy({ $0 < 100 }) else { break }
                return .time(parts[0] * 3600 + parts[1] * 60 + parts[2])
            }
        default: break
        }
        throw .badRequest("Invalid literal \(prefix)'\(text)'")
    }

    private static func bare(_ word: String, isV4: Bool) -> ERPFilterToken {
        switch word {
        case "true": return .value(.flag(true))
        case "false": return .value(.flag(false))
        case "null": return .value(.null)
        default: break
        }
        let digits = !isV4 && "MmLlDdFf".contains(word.last ?? " ") ? word.dropLast() : word[...]
        if ExactNumber(digits) != nil { return .value(.number(String(digits))) }
        guard isV4, word.first?.isNumber == true else { return .word(word) }
        if let ticks = ERPValue.ticks(word) { return .value(.moment(ticks)) }
        if word.wholeMatch(of: /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/) != nil {
            return .value(.text(word.lowercased()))
        }
        let parts = word.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 3, parts.allSatisfy({ $0 < 100 }) else { return .word(word) }
        return .value(.time(parts[0] * 3600 + parts[1] * 60 + parts[2]))
    }
}
