/// Looks up what a condition names, and checks that its values suit the fields.
struct SOQLFilterPlanner {
    let planner: SOQLPlanner
    let query: String
    let object: CRMObject

    /// - Throws: ``CRMError``: INVALID_FIELD or INVALID_QUERY_FILTER_OPERATOR.
    func filter(_ condition: SOQLQuery.Condition) throws(CRMError) -> SOQLFilter {
        switch condition {
        case .all(let conditions): return .all(try filters(conditions))
        case .any(let conditions): return .any(try filters(conditions))
        case .not(let inner): return .not(try filter(inner))
        case .compare(let path, let comparison, let token):
            let (operand, field) = try operand(path)
            if comparison == .like {
                guard case .string(let pattern) = token.kind, field.kind != .id,
                    field.kind != .reference
                else { throw badOperator(path, "invalid operator on \(field.kind) field") }
                return .like(operand, SOQLPattern(pattern))
            }
            let isEquality = comparison == .equal || comparison == .unequal
            guard isEquality || field.kind != .boolean else {
                throw badOperator(path, "invalid operator on boolean field")
            }
            return .compare(operand, comparison, try value(token, field, path))
        case .oneOf(let path, let tokens, let isNegated):
            let (operand, field) = try operand(path)
            var texts: Set<String> = []
            var values: [SOQLFilter] = []
            var hasNull = false
            for token in tokens {
                switch try value(token, field, path) {
                case .null: hasNull = true
                case .id(let id): texts.insert(id)
                case .text(let text): texts.insert(text.lowercased())
                case let other: values.append(.compare(operand, .equal, other))
                }
            }
            guard values.isEmpty else { return isNegated ? .not(.any(values)) : .any(values) }
            return .oneOf(operand, texts, hasNull: hasNull, isNegated: isNegated)
        }
    }

    private func filters(
        _ conditions: [SOQLQuery.Condition]
    ) throws(CRMError) -> [SOQLFilter] {
        var filters: [SOQLFilter] = []
        for condition in conditions { filters.append(try filter(condition)) }
        return filters
    }

    private func operand(
        _ path: SOQLToken
    ) throws(CRMError) -> (operand: SOQLOperand, field: CRMField) {
        let resolved = try planner.resolve(path, object, query)
        guard resolved.field.isFilterable, resolved.field.kind != .base64 else {
            throw SOQLPlace(query, path).error(
                "INVALID_FIELD", "field '\(path.text)' can not be filtered in a query call")
        }
        return resolved
    }

    private func badOperator(_ path: SOQLToken, _ message: String) -> CRMError {
        SOQLPlace(query, path).error("INVALID_QUERY_FILTER_OPERATOR", message)
    }

    private func value(
        _ token: SOQLToken, _ field: CRMField, _ path: SOQLToken
    ) throws(CRMError) -> CRMValue {
        if token.isWord("NULL") { return .null }
        switch (field.kind, token.kind) {
        case (.id, .string), (.reference, .string):
            // An empty text is what clients write who have no id yet: it is below every id.
            if token.text.isEmpty { return .id("") }
            guard let id = CRMID.short(token.text) else {
                throw badOperator(path, "invalid ID field: \(token.text)")
            }
            return .id(id)
        case (.datetime, .moment(let moment)): return .moment(moment)
        case (.date, .day): return .text(token.text)
        case (.boolean, .word): return .flag(token.isWord("TRUE"))
        case (.int, .number(let number)), (.double, .number(let number)),
            (.currency, .number(let number)):
            return .number(number)
        case (.id, _), (.reference, _): throw mistyped("ID", "be enclosed", path)
        case (.datetime, _): throw mistyped("dateTime", "not be enclosed", path)
        case (.date, _): throw mistyped("date", "not be enclosed", path)
        case (.boolean, _): throw mistyped("boolean", "not be enclosed", path)
        case (.int, _), (.double, _), (.currency, _):
            throw mistyped("double", "not be enclosed", path)
        case (_, .string): return .text(token.text)
        default: throw mistyped("string", "be enclosed", path)
        }
    }

    private func mistyped(_ type: String, _ verb: String, _ path: SOQLToken) -> CRMError {
        SOQLPlace(query, path).error(
            "INVALID_FIELD",
            "value of filter criterion for field '\(path.text)' must be of type \(type) and should "
                + "\(verb) in quotes")
    }
}
