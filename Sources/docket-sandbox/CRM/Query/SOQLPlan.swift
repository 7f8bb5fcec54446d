/// A query whose names have been looked up: what to do with each record.
struct SOQLPlan: Sendable {
    /// The number of the object in the schema.
    let object: Int
    var columns: [SOQLColumn] = []
    /// The columns once more, each by its whole path, for tables.
    var flat: [(name: String, operand: SOQLOperand, kind: CRMField.Kind)] = []
    var isCount = false
    var filter: SOQLFilter?
    var order: [SOQLOrder] = []
    var limit: Int?
    var offset = 0
    var customLongTextCount = 0
    /// For a subquery: the field of its records that refers to the record above.
    var parentField: CRMField.Source?

    var hasChildren: Bool {
        columns.contains { if case .children = $0.content { true } else { false } }
    }
}

/// What a record shows under one name.
struct SOQLColumn: Sendable {
    enum Content: Sendable {
        case value(SOQLOperand, CRMField.Kind)
        case parent(CRMField.Source, isPolymorphic: Bool, [SOQLColumn])
        case children(SOQLPlan)
    }

    let name: String
    var content: Content
}

/// How to come from a record to a value.
indirect enum SOQLOperand: Sendable {
    case field(CRMField.Source)
    case through(CRMField.Source, SOQLOperand)
    /// What the record at the other end calls so, whatever kind it is of.
    case named(String)
}

struct SOQLOrder: Sendable {
    let operand: SOQLOperand
    let isDescending: Bool
    let isNullLast: Bool
}

/// A condition on a record.
indirect enum SOQLFilter: Sendable {
    case all([SOQLFilter])
    case any([SOQLFilter])
    case not(SOQLFilter)
    case compare(SOQLOperand, SOQLQuery.Operator, CRMValue)
    case like(SOQLOperand, SOQLPattern)
    /// Ids as they are, other texts in lower case.
    case oneOf(SOQLOperand, Set<String>, hasNull: Bool, isNegated: Bool)
}

/// What LIKE compares with: `%` for anything, `_` for one character, letters in any case.
struct SOQLPattern: Sendable {
    private enum Piece: Equatable {
        case any, one
        case character(Character)
    }

    private var pieces: [Piece] = []

    init(_ text: String) {
        var rest = text.lowercased()[...]
        while let character = rest.popFirst() {
            switch character {
            case "%": pieces.append(.any)
            case "_": pieces.append(.one)
            case "\\": if let meant = rest.popFirst() { pieces.append(.character(meant)) }
            default: pieces.append(.character(character))
            }
        }
    }

    func matches(_ text: String) -> Bool {
        let characters = Array(text.lowercased())
        var (position, expected) = (0, 0)
        var star: (expected: Int, position: Int)?
        while position < characters.count {
            if expected < pieces.count, pieces[expected] == .any {
                star = (expected, position)
                expected += 1
            } else if expected < pieces.count,
                pieces[expected] == .one || pieces[expected] == .character(characters[position])
            {
                (position, expected) = (position + 1, expected + 1)
            } else if let last = star {
                star = (last.expected, last.position + 1)
                (position, expected) = (last.position + 1, last.expected + 1)
            } else {
                return false
            }
        }
        return pieces[expected...].allSatisfy { $0 == .any }
    }
}
