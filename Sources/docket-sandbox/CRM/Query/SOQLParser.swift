/// Reads a query.
///
/// What the vendor's language has beyond this subset (GROUP BY, TYPEOF, semi-joins, date
/// functions, aggregates but `COUNT()`) is refused as malformed.
struct SOQLParser {
    private let text: String
    private let tokens: [SOQLToken]
    private var index = 0

    /// - Throws: ``CRMError`` MALFORMED_QUERY.
    static func query(_ text: String) throws(CRMError) -> SOQLQuery {
        var parser = SOQLParser(text: text, tokens: try SOQLLexer.tokens(of: text))
        let query = try parser.query(isNested: false)
        if let token = parser.peek { throw parser.unexpected(token) }
        return query
    }

    private init(text: String, tokens: [SOQLToken]) { (self.text, self.tokens) = (text, tokens) }

    private var peek: SOQLToken? { index < tokens.count ? tokens[index] : nil }

    private func unexpected(_ token: SOQLToken?) -> CRMError {
        guard let token else { return .malformed("unexpected token: '<EOF>'") }
        return SOQLPlace(text, token).error("MALFORMED_QUERY", "unexpected token: '\(token.text)'")
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard peek?.isWord(word) == true else { return false }
        index += 1
        return true
    }

    private mutating func takeSign(_ sign: String) -> Bool {
        guard peek?.isSign(sign) == true else { return false }
        index += 1
        return true
    }

    private mutating func expectWord(_ word: String) throws(CRMError) {
        guard takeWord(word) else { throw unexpected(peek) }
    }

    private mutating func expectSign(_ sign: String) throws(CRMError) {
        guard takeSign(sign) else { throw unexpected(peek) }
    }

    private mutating func name() throws(CRMError) -> SOQLToken {
        guard let token = peek, token.kind == .word,
            !Self.reserved.contains(token.text.uppercased())
        else { throw unexpected(peek) }
        index += 1
        return token
    }

    private static let reserved: Set<String> = [
        "SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "ORDER", "LIMIT", "OFFSET",
    ]

    private mutating func query(isNested: Bool) throws(CRMError) -> SOQLQuery {
        var query = SOQLQuery(text: text)
        try expectWord("SELECT")
        repeat { query.items.append(try item(isNested: isNested)) } while takeSign(",")
        try expectWord("FROM")
        query.object = try name()
        if takeWord("WHERE") { query.filter = try condition(depth: 0) }
        if takeWord("ORDER") {
            try expectWord("BY")
            repeat { query.order.append(try order()) } while takeSign(",")
        }
        if takeWord("LIMIT") { query.limit = try count("LIMIT") }
        if takeWord("OFFSET") {
            query.offset = try count("OFFSET")
            guard query.offset ?? 0 <= Limits.soqlOffsetMax else {
                throw CRMError(
                    status: 400, code: "NUMBER_OUTSIDE_VALID_RANGE",
                    message: "Maximum SOQL offset allowed is \(Limits.soqlOffsetMax)")
            }
        }
        return query
    }

    private mutating func item(isNested: Bool) throws(CRMError) -> SOQLQuery.Item {
        if peek?.isSign("(") == true, !isNested {
            index += 1
            let child = try query(isNested: true)
            try expectSign(")")
            return .children(child)
        }
        let token = try name()
        guard takeSign("(") else { return .path(token) }
        if token.isWord("COUNT"), takeSign(")") { return .count }
        guard token.isWord("FIELDS") else { throw unexpected(token) }
        let group = try name()
        try expectSign(")")
        return .fields(group)
    }

    private mutating func order() throws(CRMError) -> SOQLQuery.Order {
        var order = SOQLQuery.Order(path: try name())
        if takeWord("DESC") { order.isDescending = true } else { _ = takeWord("ASC") }
        if takeWord("NULLS") {
            order.isNullLast = takeWord("LAST")
            if !order.isNullLast { try expectWord("FIRST") }
        }
        return order
    }

    private mutating func count(_ clause: String) throws(CRMError) -> Int {
        guard case .number(let number)? = peek?.kind, let count = Int(exactly: number), count >= 0
        else { throw unexpected(peek) }
        index += 1
        return count
    }

    // Conditions

    /// All by AND or all by OR: the vendor wants parentheses where both stand side by side.
    private mutating func condition(depth: Int) throws(CRMError) -> SOQLQuery.Condition {
        let first = try term(depth: depth)
        for (word, isAnd) in [("AND", true), ("OR", false)] where peek?.isWord(word) == true {
            var terms = [first]
            while takeWord(word) { terms.append(try term(depth: depth)) }
            if peek?.isWord(isAnd ? "OR" : "AND") == true { throw unexpected(peek) }
            return isAnd ? .all(terms) : .any(terms)
        }
        return first
    }

    private mutating func term(depth: Int) throws(CRMError) -> SOQLQuery.Condition {
        guard depth <= Limits.soqlDepthMax else {
            throw .malformed("the condition is nested too deeply")
        }
        if takeWord("NOT") { return .not(try term(depth: depth + 1)) }
        if takeSign("(") {
            let inner = try condition(depth: depth + 1)
            try expectSign(")")
            return inner
        }
        let path = try name()
        let isNegated = takeWord("NOT")
        if takeWord("IN") {
            try expectSign("(")
            var values: [SOQLToken] = []
            repeat { values.append(try value()) } while takeSign(",")
            try expectSign(")")
            return .oneOf(path, values, isNegated: isNegated)
        }
        guard !isNegated, let token = peek,
            let comparison = SOQLQuery.Operator(rawValue: token.text.uppercased())
        else { throw unexpected(peek) }
        index += 1
        return .compare(path, comparison, try value())
    }

    private mutating func value() throws(CRMError) -> SOQLToken {
        guard let token = peek else { throw unexpected(nil) }
        switch token.kind {
        case .string, .number, .moment, .day: break
        case .word where ["TRUE", "FALSE", "NULL"].contains(token.text.uppercased()): break
        case .word, .sign: throw unexpected(token)
        }
        index += 1
        return token
    }
}

/// Where in a query something is wrong, shown as the vendor shows it.
struct SOQLPlace {
    private let query: String
    private let token: SOQLToken

    init(_ query: String, _ token: SOQLToken) { (self.query, self.token) = (query, token) }

    func error(_ code: String, _ message: String) -> CRMError {
        let start = max(0, token.column - 24)
        let bytes = Array(query.utf8)
        let around = String(
            decoding: bytes[start..<min(bytes.count, token.column + 24)], as: UTF8.self)
        let marker = String(repeating: " ", count: token.column - 1 - start) + "^"
        let head = "\n\(around)\n\(marker)\nERROR at Row:1:Column:\(token.column)\n"
        return CRMError(status: 400, code: code, message: head + message)
    }
}
