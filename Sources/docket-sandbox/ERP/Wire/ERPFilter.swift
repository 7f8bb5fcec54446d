/// A `$filter` of either version, read once and then asked of every row.
struct ERPFilter: Sendable {
    indirect enum Term: Sendable {
        case property(Int)
        case literal(ERPValue)
        case call(String, [Term])
        case comparison(String, Term, Term)
        case and(Term, Term)
        case or(Term, Term)
        case not(Term)
    }

    private let term: Term

    /// - Throws: ``ERPError`` 400 with the place where the text is not understood.
    init(_ text: String, table: ERPTable, isV4: Bool) throws(ERPError) {
        guard text.utf8.count <= ERPLimits.filterBytesMax else {
            throw .badRequest("The $filter is too long")
        }
        var parser = ERPFilterParser(
            tokens: try ERPFilterToken.tokens(text, isV4: isV4), table: table)
        term = try parser.whole()
    }

    func matches(_ value: (Int) -> ERPValue) -> Bool {
        Self.evaluate(term, value) == .flag(true)
    }

    private static func evaluate(_ term: Term, _ value: (Int) -> ERPValue) -> ERPValue {
        switch term {
        case .property(let column): return value(column)
        case .literal(let literal): return literal
        case .not(let inner):
            if case .flag(let flag) = evaluate(inner, value) { return .flag(!flag) }
            return .null
        case .and(let left, let right):
            return .flag(
                evaluate(left, value) == .flag(true) && evaluate(right, value) == .flag(true))
        case .or(let left, let right):
            return .flag(
                evaluate(left, value) == .flag(true) || evaluate(right, value) == .flag(true))
        case .comparison(let name, let left, let right):
            return .flag(compare(name, evaluate(left, value), evaluate(right, value)))
        case .call(let name, let arguments):
            return call(name, arguments.map { evaluate($0, value) })
        }
    }

    private static func compare(_ name: String, _ left: ERPValue, _ right: ERPValue) -> Bool {
        switch name {
        case "eq": return left.equals(right)
        case "ne": return !left.equals(right)
        case "lt": return left.isLess(than: right) ?? false
        case "gt": return right.isLess(than: left) ?? false
        case "le": return right.isLess(than: left).map { !$0 } ?? false
        default: return left.isLess(than: right).map { !$0 } ?? false
        }
    }

    private static func call(_ name: String, _ arguments: [ERPValue]) -> ERPValue {
        guard let first = arguments.first?.text else { return .null }
        if name == "tolower" { return .text(first.lowercased()) }
        if name == "toupper" { return .text(first.uppercased()) }
        guard arguments.count == 2, let second = arguments[1].text else { return .null }
        switch name {
        case "substringof": return .flag(first.isEmpty || second.contains(first))
        case "contains": return .flag(second.isEmpty || first.contains(second))
        case "startswith": return .flag(first.hasPrefix(second))
        default: return .flag(first.hasSuffix(second))
        }
    }
}

/// Recursive descent over the tokens; `or` binds least, then `and`, `not` and comparison.
struct ERPFilterParser {
    private static let arities = [
        "substringof": 2, "contains": 2, "startswith": 2, "endswith": 2, "tolower": 1,
        "toupper": 1,
    ]
    private static let comparisons: Set<String> = ["eq", "ne", "gt", "ge", "lt", "le"]

    private var rest: ArraySlice<ERPFilterToken>
    private let table: ERPTable
    private var depth = 0

    init(tokens: [ERPFilterToken], table: ERPTable) {
        (rest, self.table) = (tokens[...], table)
    }

    mutating func whole() throws(ERPError) -> ERPFilter.Term {
        let term = try disjunction()
        guard rest.isEmpty else { throw unexpected() }
        return term
    }

    private mutating func disjunction() throws(ERPError) -> ERPFilter.Term {
        depth += 1
        defer { depth -= 1 }
        guard depth <= ERPLimits.filterDepthMax else {
            throw .badRequest("The $filter is nested too deeply")
        }
        var left = try conjunction()
        while take(.word("or")) { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(ERPError) -> ERPFilter.Term {
        var left = try negation()
        while take(.word("and")) { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(ERPError) -> ERPFilter.Term {
        var isNegated = false
        while take(.word("not")) { isNegated.toggle() }
        let term = try comparison()
        return isNegated ? .not(term) : term
    }

    private mutating func comparison() throws(ERPError) -> ERPFilter.Term {
        let left = try operand()
        guard case .word(let name)? = rest.first, Self.comparisons.contains(name) else {
            return left
        }
        rest = rest.dropFirst()
        let right = try operand()
        guard fits(left, right) else {
            throw .badRequest("Invalid parametertype used at function '\(name)'")
        }
        return .comparison(name, left, right)
    }

    private mutating func operand() throws(ERPError) -> ERPFilter.Term {
        switch rest.popFirst() {
        case .open:
            let term = try disjunction()
            guard take(.close) else { throw unexpected() }
            return term
        case .value(let value): return .literal(value)
        case .word(let name):
            if take(.open) {
                guard let arity = Self.arities[name] else {
                    throw .badRequest("The function '\(name)' is not supported")
                }
                var arguments = [try operand()]
                while take(.comma) { arguments.append(try operand()) }
                guard take(.close), arguments.count == arity else { throw unexpected() }
                return .call(name, arguments)
            }
            guard let column = table.column(name) else {
                throw .badRequest("Property \(name) not found in type")
            }
            return .property(column)
        default: throw unexpected()
        }
    }

    /// Whether a property and a literal are of one kind; the vendor refuses what is not.
    private func fits(_ left: ERPFilter.Term, _ right: ERPFilter.Term) -> Bool {
        switch (left, right) {
        case (.property(let column), .literal(let value)),
            (.literal(let value), .property(let column)):
            switch (value, table.properties[column].type) {
            case (.null, _), (.text, .string), (.text, .guid), (.number, .decimal),
                (.number, .int32), (.flag, .boolean), (.moment, .dateTime),
                (.moment, .dateTimeOffset), (.time, .time):
                return true
            default: return false
            }
        default: return true
        }
    }

    private mutating func take(_ token: ERPFilterToken) -> Bool {
        guard rest.first == token else { return false }
        rest = rest.dropFirst()
        return true
    }

    private func unexpected() -> ERPError { .badRequest("Invalid token detected in $filter") }
}
