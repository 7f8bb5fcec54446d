/// A query as it is written; nothing in it has been looked up yet.
struct SOQLQuery: Sendable {
    enum Item: Sendable {
        case path(SOQLToken)
        /// `COUNT()`.
        case count
        /// `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`; the token is the word inside.
        case fields(SOQLToken)
        case children(SOQLQuery)
    }

    indirect enum Condition: Sendable {
        case all([Condition])
        case any([Condition])
        case not(Condition)
        case compare(SOQLToken, Operator, SOQLToken)
        case oneOf(SOQLToken, [SOQLToken], isNegated: Bool)
    }

    enum Operator: String, Sendable {
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case like = "LIKE"
    }

    struct Order: Sendable {
        let path: SOQLToken
        var isDescending = false
        /// Where records without a value go; the vendor puts them first by default.
        var isNullLast = false
    }

    let text: String
    var items: [Item] = []
    var object = SOQLToken(kind: .word, text: "", column: 1)
    var filter: Condition?
    var order: [Order] = []
    var limit: Int?
    var offset: Int?
}
