/// Which properties and neighbours of an entity are wanted.
struct ERPShape: Sendable {
    struct Expansion: Sendable {
        let name: String
        var shape: ERPShape
    }

    /// Nil: all properties.
    var names: [String]?
    var expansions: [Expansion] = []

    mutating func expand(_ path: ArraySlice<Substring>, depth: Int = 0) throws(ERPError) {
        guard let name = path.first else { return }
        guard depth < ERPLimits.expandDepthMax else { throw .badRequest("Too deep an $expand") }
        if !expansions.contains(where: { $0.name == name }) {
            expansions.append(Expansion(name: String(name), shape: ERPShape()))
        }
        for index in expansions.indices where expansions[index].name == name {
            try expansions[index].shape.expand(path.dropFirst(), depth: depth + 1)
        }
    }

    mutating func select(_ path: ArraySlice<Substring>) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            // `*` and an expanded neighbour's own name leave all of it in.
            if name == "*" { return }
            names = (names ?? []) + [String(name)]
            return
        }
        for index in expansions.indices where expansions[index].name == name {
            expansions[index].shape.select(path.dropFirst())
        }
    }
}

/// The system query options of a request for a collection or an entity.
struct ERPQuery: Sendable {
    var shape = ERPShape()
    var filter: ERPFilter?
    var order: [(column: Int, isDescending: Bool)] = []
    var top: Int?
    var skip: Int?
    var hasCount = false
    var skipToken: String?
    var deltaToken: String?

    private static let knownInV2: Set<String> = [
        "$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$inlinecount", "$format",
        "$skiptoken", "$search",
    ]
    private static let knownInV4: Set<String> = [
        "$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$format",
        "$skiptoken", "$deltatoken", "$search",
    ]

    /// - Throws: ``ERPError`` 400 for an option or a property that is not known.
    init(_ request: ERPRequest, _ set: ERPEntitySet, _ table: ERPTable) throws(ERPError) {
        let isV4 = request.service.isV4
        let known = isV4 ? Self.knownInV4 : Self.knownInV2
        for option in request.options where option.name.hasPrefix("$") {
            guard known.contains(option.name) else {
                throw .badRequest("The query option '\(option.name)' is not supported")
            }
        }
        if isV4 {
            shape = try ERPExpandParser.shape(
                select: request.option("$select"), expand: request.option("$expand"))
        } else {
            for path in (request.option("$expand") ?? "").split(separator: ",") {
                try shape.expand(path.trimmed.split(separator: "/")[...])
            }
            for path in (request.option("$select") ?? "").split(separator: ",") {
                shape.select(path.trimmed.split(separator: "/")[...])
            }
        }
        try Self.check(shape, set, request.service)
        if let text = request.option("$filter") {
            filter = try ERPFilter(text, table: table, isV4: isV4)
        }
        for part in (request.option("$orderby") ?? "").split(separator: ",") {
            let words = part.split(separator: " ")
            guard let name = words.first, let column = table.column(String(name)) else {
                throw .badRequest("Property \(part) of $orderby is not known")
            }
            order.append((column, words.count > 1 && words[1] == "desc"))
        }
        top = try Self.number(request, "$top")
        skip = try Self.number(request, "$skip")
        hasCount =
            request.option("$inlinecount") == "allpages" || request.option("$count") == "true"
        skipToken = request.option("$skiptoken")
        deltaToken =
            isV4
            ? request.option("$deltatoken")
            : request.option("!deltatoken").map { $0.filter { $0 != "'" } }
    }

    private static func number(
        _ request: ERPRequest, _ name: String
    ) throws(ERPError) -> Int? {
        guard let text = request.option(name) else { return nil }
        guard let number = Int(text), (0...Int(Int32.max)).contains(number) else {
            throw .badRequest("Invalid value '\(text)' of \(name)")
        }
        return number
    }

    private static func check(
        _ shape: ERPShape, _ set: ERPEntitySet, _ service: ERPService
    ) throws(ERPError) {
        let known = set.properties.map(\.name) + set.navigations.map(\.name)
        for name in shape.names ?? [] where !known.contains(name) {
            throw .badRequest("Property '\(name)' of $select is not known")
        }
        for expansion in shape.expansions {
            guard let navigation = set.navigation(expansion.name),
                let target = service.set(navigation.target)
            else { throw .badRequest("Property '\(expansion.name)' of $expand is not known") }
            try check(expansion.shape, target, service)
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
