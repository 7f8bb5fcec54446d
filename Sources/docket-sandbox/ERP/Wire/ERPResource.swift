/// What a path leads to.
enum ERPResource {
    /// With the path relative to the service's root, for links.
    case collection(ERPEntitySet, ERPReader.Candidates, address: String)
    case count(ERPEntitySet, ERPReader.Candidates)
    case entity(ERPEntitySet, Int)
    /// A neighbour that is not there.
    case nothing(ERPEntitySet)
    case media(ERPEntitySet, Int)
    case property(ERPEntitySet, Int, ERPProperty, isRaw: Bool)
}

extension ERPReader {
    /// - Throws: ``ERPError`` 404 where nothing is there, 423 where somebody locks it.
    func resource() throws(ERPError) -> ERPResource {
        guard let raw = request.segments.first else { throw .noSegment("") }
        let first = try ERPSegment(raw)
        guard let set = request.service.set(first.name) else { throw .noSegment(first.name) }
        let table = tables[set.table]
        let rest = request.segments.dropFirst()
        guard let arguments = first.arguments, !arguments.isEmpty else {
            guard !switches.locked.contains(set.name) else {
                throw .locked(set.name, language: request.language)
            }
            let all = Candidates.all(table.rows.count)
            if rest.isEmpty {
                return .collection(set, all, address: set.name)
            }
            guard Array(rest) == ["$count"] else { throw .noSegment(String(rest.last ?? "")) }
            return .count(set, all)
        }
        let key = try key(arguments, set)
        let path = ERPAddress.path(set.name, set.keyNames, key)
        guard !switches.locked.contains(path) else {
            throw .locked(path, language: request.language)
        }
        guard let row = table.row(key) else {
            throw .notFound(
                first.name, status: switches.missingKeyStatus, language: request.language)
        }
        return try member(Array(rest), of: set, row, path)
    }

    private func member(
        _ rest: [Substring], of set: ERPEntitySet, _ row: Int, _ path: String
    ) throws(ERPError) -> ERPResource {
        guard let next = rest.first else { return .entity(set, row) }
        let name = try ERPSegment(next).name
        if name == "$value", rest.count == 1, set.isMedia { return .media(set, row) }
        if let property = set.properties.first(where: { $0.name == name }) {
            guard rest.count == 1 || Array(rest.dropFirst()) == ["$value"] else {
                throw .noSegment(String(rest[1]))
            }
            return .property(set, row, property, isRaw: rest.count > 1)
        }
        guard let navigation = set.navigation(name),
            let target = request.service.set(navigation.target)
        else { throw .noSegment(name) }
        let rows = rows(behind: navigation, of: set, row, target)
        guard navigation.isToMany else {
            guard let row = rows.first else { return .nothing(target) }
            return try member(
                Array(rest.dropFirst()), of: target, row,
                ERPAddress.path(target.name, target.keyNames, tables[target.table].key(row)))
        }
        if rest.count == 1 { return .collection(target, .some(rows), address: "\(path)/\(name)") }
        guard Array(rest.dropFirst()) == ["$count"] else { throw .noSegment(String(rest[1])) }
        return .count(target, .some(rows))
    }

    /// The parts of a key in the order of the set's own.
    func key(
        _ arguments: [(name: String?, value: String)], _ set: ERPEntitySet
    ) throws(ERPError) -> [String] {
        let names = set.keyNames
        if names.count == 1, arguments.count == 1, arguments[0].name == nil {
            return [arguments[0].value]
        }
        var key: [String] = []
        for name in names {
            guard let argument = arguments.first(where: { $0.name == name }) else {
                throw .badRequest("Invalid key predicate: \(name) is missing")
            }
            key.append(argument.value)
        }
        guard arguments.count == names.count else { throw .badRequest("Invalid key predicate") }
        return key
    }
}
