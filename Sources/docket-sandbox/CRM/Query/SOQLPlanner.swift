/// Looks up what a query names.
struct SOQLPlanner {
    /// `object.field` in lower case: what field-level security hides.
    let hidden: Set<String>

    static func key(_ object: CRMObject, _ field: CRMField) -> String {
        "\(object.name).\(field.name)".lowercased()
    }

    func isVisible(_ field: CRMField, of object: CRMObject) -> Bool {
        !hidden.contains(Self.key(object, field))
    }

    /// - Throws: ``CRMError``: MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD or
    ///   INVALID_QUERY_FILTER_OPERATOR.
    func plan(_ query: SOQLQuery) throws(CRMError) -> SOQLPlan {
        guard let object = CRMSchema.number(of: query.object.text) else {
            throw SOQLPlace(query.text, query.object).error(
                "INVALID_TYPE",
                "sObject type '\(query.object.text)' is not supported. If you are attempting to "
                    + "use a custom object, be sure to append the '__c' after the entity name. "
                    + "Please reference your WSDL or the describe call for the appropriate names.")
        }
        return try plan(query, object)
    }

    private func plan(_ query: SOQLQuery, _ number: Int) throws(CRMError) -> SOQLPlan {
        let object = CRMSchema.objects[number]
        var plan = SOQLPlan(object: number)
        for item in query.items {
            switch item {
            case .count:
                guard query.items.count == 1 else {
                    throw .malformed("COUNT() must be the only element in the SELECT list")
                }
                plan.isCount = true
            case .path(let token): try addColumn(token, object, query.text, to: &plan)
            case .fields(let group): try addFields(group, query, object, to: &plan)
            case .children(let child):
                let name = try relationship(child, of: object, query.text)
                var inner = try self.plan(child, name.child.object)
                inner.parentField =
                    CRMSchema.objects[name.child.object].field(name.child.field)?
                    .source
                plan.columns.append(SOQLColumn(name: name.relationship, content: .children(inner)))
            }
        }
        if let filter = query.filter {
            plan.filter = try SOQLFilterPlanner(planner: self, query: query.text, object: object)
                .filter(filter)
        }
        for order in query.order {
            let (operand, field) = try resolve(order.path, object, query.text)
            guard field.isSortable else {
                throw SOQLPlace(query.text, order.path).error(
                    "MALFORMED_QUERY",
                    "field '\(order.path.text)' can not be sorted in a query call")
            }
            plan.order.append(
                SOQLOrder(
                    operand: operand, isDescending: order.isDescending,
                    isNullLast: order.isNullLast))
        }
        (plan.limit, plan.offset) = (query.limit, query.offset ?? 0)
        return plan
    }

    private func relationship(
        _ child: SOQLQuery, of object: CRMObject, _ text: String
    ) throws(CRMError) -> (relationship: String, child: CRMSchema.Child) {
        let wanted = child.object.text.lowercased()
        for candidate in CRMSchema.children(of: object.name) {
            guard let name = candidate.relationship, name.lowercased() == wanted else { continue }
            return (name, candidate)
        }
        throw SOQLPlace(text, child.object).error(
            "INVALID_TYPE",
            "Didn't understand relationship '\(child.object.text)' in FROM part of query call.")
    }

    private func addFields(
        _ group: SOQLToken, _ query: SOQLQuery, _ object: CRMObject, to plan: inout SOQLPlan
    ) throws(CRMError) {
        let word = group.text.uppercased()
        guard ["ALL", "STANDARD", "CUSTOM"].contains(word) else {
            throw .malformed("unexpected token: '\(group.text)'")
        }
        guard word == "STANDARD" || (query.limit ?? .max) <= Limits.soqlLongTextBatch else {
            throw .malformed(
                "The SOQL FIELDS function must have a LIMIT of at most "
                    + "\(Limits.soqlLongTextBatch)")
        }
        for field in object.fields where isVisible(field, of: object) {
            guard word == "ALL" || field.isCustom == (word == "CUSTOM") else { continue }
            let token = SOQLToken(kind: .word, text: field.name, column: group.column)
            try addColumn(token, object, query.text, to: &plan)
        }
    }

    // Paths

    private func addColumn(
        _ token: SOQLToken, _ object: CRMObject, _ text: String, to plan: inout SOQLPlan
    ) throws(CRMError) {
        let names = try names(token, object, text)
        let (operand, field) = try resolve(token, object, text)
        if field.isCustomLongText { plan.customLongTextCount += 1 }
        var path: [String] = []
        try add(names[...], object, operand, field, to: &plan.columns, path: &path)
        plan.flat.append((path.joined(separator: "."), operand, field.kind))
    }

    /// Puts a value where its path says, next to others with the same beginning.
    private func add(
        _ names: ArraySlice<String>, _ object: CRMObject?, _ operand: SOQLOperand,
        _ field: CRMField, to columns: inout [SOQLColumn], path: inout [String]
    ) throws(CRMError) {
        guard let object, let first = names.first, names.count > 1,
            let reference = object.reference(first), let name = reference.relationship
        else {
            path.append(field.name)
            if !columns.contains(where: { $0.name == field.name }) {
                columns.append(SOQLColumn(name: field.name, content: .value(operand, field.kind)))
            }
            return
        }
        path.append(name)
        var rest = operand
        if case .through(_, let inner) = operand { rest = inner }
        let target = reference.isPolymorphic ? nil : self.object(at: reference)
        let index = columns.firstIndex { $0.name == name } ?? columns.count
        var inner: [SOQLColumn] = []
        if index < columns.count, case .parent(_, _, let known) = columns[index].content {
            inner = known
        }
        try add(names.dropFirst(), target, rest, field, to: &inner, path: &path)
        let column = SOQLColumn(
            name: name,
            content: .parent(reference.source, isPolymorphic: reference.isPolymorphic, inner))
        if index < columns.count { columns[index] = column } else { columns.append(column) }
    }

    private func object(at reference: CRMField) -> CRMObject? {
        reference.targets.first.flatMap { CRMSchema.number(of: $0) }.map { CRMSchema.objects[$0] }
    }

    /// The path without the name of the object itself at its beginning.
    private func names(
        _ token: SOQLToken, _ object: CRMObject, _ text: String
    ) throws(CRMError) -> [String] {
        var names = token.text.split(separator: ".", omittingEmptySubsequences: false)
            .map(String.init)
        if names.count > 1, names[0].lowercased() == object.name.lowercased(),
            object.reference(names[0]) == nil
        {
            names.removeFirst()
        }
        guard names.count <= 6 else {
            throw SOQLPlace(text, token).error(
                "INVALID_FIELD", "maximum level of relationship for a field path is 5")
        }
        return names
    }

    /// - Returns: How to come to the value, and the field that holds it.
    func resolve(
        _ token: SOQLToken, _ object: CRMObject, _ text: String
    ) throws(CRMError) -> (operand: SOQLOperand, field: CRMField) {
        try resolve(try names(token, object, text)[...], object, SOQLPlace(text, token))
    }

    private func resolve(
        _ names: ArraySlice<String>, _ object: CRMObject, _ place: SOQLPlace
    ) throws(CRMError) -> (operand: SOQLOperand, field: CRMField) {
        guard let first = names.first, names.count > 1 else {
            guard let field = object.field(names.first ?? ""), isVisible(field, of: object) else {
                throw noColumn(names.first ?? "", object.name, place)
            }
            return (.field(field.source), field)
        }
        guard let reference = object.reference(first), isVisible(reference, of: object) else {
            throw place.error(
                "INVALID_FIELD",
                "Didn't understand relationship '\(first)' in field path. If you are attempting "
                    + "to use a custom relationship, be sure to append the '__r' after the custom "
                    + "relationship name. Please reference your WSDL or the describe call for the "
                    + "appropriate names.")
        }
        guard !reference.isPolymorphic, let target = self.object(at: reference) else {
            return try resolveName(names.dropFirst(), reference, place)
        }
        let (operand, field) = try resolve(names.dropFirst(), target, place)
        return (.through(reference.source, operand), field)
    }

    /// What can be asked of a record of unknown kind is what every record has.
    private func resolveName(
        _ names: ArraySlice<String>, _ reference: CRMField, _ place: SOQLPlace
    ) throws(CRMError) -> (operand: SOQLOperand, field: CRMField) {
        let known = ["Id", "Name", "Type", "Email", "Phone", "Title", "FirstName", "LastName"]
        let name = names.first ?? ""
        guard names.count == 1,
            let spelt = known.first(where: { $0.lowercased() == name.lowercased() })
        else { throw noColumn(names.joined(separator: "."), "Name", place) }
        let kind: CRMField.Kind = spelt == "Id" ? .id : .string
        return (.through(reference.source, .named(spelt)), CRMField(spelt, kind, 255))
    }

    private func noColumn(_ name: String, _ entity: String, _ place: SOQLPlace) -> CRMError {
        place.error(
            "INVALID_FIELD",
            "No such column '\(name)' on entity '\(entity)'. If you are attempting to use a custom "
                + "field, be sure to append the '__c' after the custom field name. Please "
                + "reference your WSDL or the describe call for the appropriate names.")
    }
}
