import HTTPServer

/// Finds what a request asks for in the tables as they are now.
struct ERPReader: Sendable {
    let tables: ERPTables
    let switches: ERPSwitches
    let epoch: Int
    /// Requests so far: what an unstable order turns by.
    let requestCount: Int
    let request: ERPRequest

    /// The rows a collection is made of, before any option.
    enum Candidates {
        case all(Int)
        case some([Int])

        var count: Int {
            switch self {
            case .all(let count): count
            case .some(let rows): rows.count
            }
        }

        subscript(index: Int) -> Int {
            switch self {
            case .all: index
            case .some(let rows): rows[index]
            }
        }
    }

    // Entities

    func entity(_ set: ERPEntitySet, _ row: Int, _ shape: ERPShape) -> ERPEntity {
        let table = tables[set.table]
        guard set.view == nil else {
            return ERPExtraction.entity(
                table.values(row), .snapshot, set, shape, reader: self, row: row)
        }
        var values: [(property: ERPProperty, value: ERPValue)] = []
        for (column, property) in table.properties.enumerated()
        where shape.names?.contains(property.name) ?? true {
            values.append((property, table.value(row, column)))
        }
        let path = ERPAddress.path(set.name, set.keyNames, table.key(row))
        return ERPEntity(
            set: set, path: path, properties: values, etag: etag(table, row),
            mediaType: set.isMedia ? table.value(row, "MimeType").text : nil,
            changedAt: table.rows[row].changedAt,
            neighbours: neighbours(set, row, path, shape))
    }

    func etag(_ table: ERPTable, _ row: Int) -> String {
        guard case .moment(let ticks) = table.value(row, "LastChangeDateTime") else {
            return "W/\"'\(table.rows[row].changedAt.seconds)\(table.rows[row].version)'\""
        }
        let stamp = ERPValue.iso(ticks).replacing(":", with: "%3A")
        return "W/\"datetimeoffset'\(stamp)Z'\""
    }

    private func neighbours(
        _ set: ERPEntitySet, _ row: Int, _ path: String, _ shape: ERPShape
    ) -> [ERPEntity.Neighbour] {
        set.navigations.compactMap { navigation in
            guard let expansion = shape.expansions.first(where: { $0.name == navigation.name }),
                let target = request.service.set(navigation.target)
            else {
                guard shape.names?.contains(navigation.name) ?? true else { return nil }
                return ERPEntity.Neighbour(navigation: navigation, content: .deferred)
            }
            let rows = self.rows(behind: navigation, of: set, row, target)
            guard navigation.isToMany else {
                let one = rows.first.map { entity(target, $0, expansion.shape) }
                return ERPEntity.Neighbour(navigation: navigation, content: .one(one))
            }
            let limit = switches.expandPageSize ?? rows.count
            var next: String?
            if rows.count > limit {
                let token = token(position: limit, given: limit, log: nil)
                next = "\(path)/\(navigation.name)?$skiptoken=\(token.skipText)"
            }
            let shown = rows.prefix(limit).map { entity(target, $0, expansion.shape) }
            return ERPEntity.Neighbour(navigation: navigation, content: .many(shown, next: next))
        }
    }

    func rows(
        behind navigation: ERPNavigation, of set: ERPEntitySet, _ row: Int, _ target: ERPEntitySet
    ) -> [Int] {
        tables[target.table].rows(firstKey: tables[set.table].key(row).first ?? "")
    }

    // Collections

    /// Rows that are there and that the filter lets through.
    private func isShown(_ row: Int, _ table: ERPTable, _ query: ERPQuery) -> Bool {
        guard !table.rows[row].isDeleted else { return false }
        return query.filter?.matches { table.value(row, $0) } ?? true
    }

    func count(_ set: ERPEntitySet, _ query: ERPQuery, _ candidates: Candidates) -> Int {
        let table = tables[set.table]
        return (0..<candidates.count).count { isShown(candidates[$0], table, query) }
    }

    /// One answer's part of a collection; its address is relative to the service's root.
    ///
    /// - Throws: ``ERPError`` for a token that is not known.
    func page(
        _ set: ERPEntitySet, _ query: ERPQuery, _ candidates: Candidates, address: String
    ) throws(ERPError) -> ERPPage {
        let table = tables[set.table]
        if let text = query.deltaToken {
            return try changes(since: text, set, query, address: address)
        }
        let ordered = order(candidates, table, query)
        let tracks = switches.hasDelta && (isPlainV2 || request.tracksChanges)
        var token = token(
            position: 0, given: 0, log: tracks && isWhole(candidates, query) ? table.log.count : nil
        )
        if let text = query.skipToken { token = try checked(text) }
        let start = token
        var page = ERPPage()
        var skipLeft = query.skipToken == nil ? query.skip ?? 0 : 0
        let top = query.top ?? Int.max
        let limit = request.twist == .emptyPage ? 0 : min(pageLimit, top - min(top, token.given))
        while token.position < ordered.count {
            let row = ordered[token.position]
            if isShown(row, table, query) {
                if skipLeft > 0 {
                    skipLeft -= 1
                } else {
                    guard page.entities.count < limit else { break }
                    page.entities.append(entity(set, row, query.shape))
                }
            }
            token.position += 1
        }
        token.given += page.entities.count
        if query.hasCount { page.count = count(set, query, candidates) }
        if token.position < ordered.count, token.given < top {
            page.next = link(address, token, without: ["$skiptoken", "$skip"])
        } else if let log = token.log {
            page.delta = deltaLink(address, log)
        }
        return twisted(page, address, start)
    }

    /// Whether a delta can follow: it is of the whole collection, in its own order.
    private func isWhole(_ candidates: Candidates, _ query: ERPQuery) -> Bool {
        guard case .all = candidates else { return false }
        return query.top == nil && query.skip == nil && query.order.isEmpty
    }

    private func order(
        _ candidates: Candidates, _ table: ERPTable, _ query: ERPQuery
    ) -> Candidates {
        if query.order.isEmpty {
            guard switches.isOrderUnstable, query.top != nil || query.skip != nil,
                candidates.count > 0
            else { return candidates }
            let turn = requestCount * 7 % candidates.count
            let rows = (0..<candidates.count).map { candidates[($0 + turn) % candidates.count] }
            return .some(rows)
        }
        let rows = (0..<candidates.count).map { candidates[$0] }
            .filter { isShown($0, table, query) }
            .map { row in (row: row, keys: query.order.map { table.value(row, $0.column) }) }
        let sorted = rows.sorted { left, right in
            for (index, order) in query.order.enumerated() {
                let (a, b) = (left.keys[index], right.keys[index])
                guard !a.equals(b) else { continue }
                // Nothing comes before everything.
                let isLess = a == .null ? true : b == .null ? false : a.isLess(than: b) ?? false
                return isLess != order.isDescending
            }
            return left.row < right.row
        }
        return .some(sorted.map(\.row))
    }

    var pageLimit: Int {
        let wanted = isPlainV2 ? Int.max : request.pageSizeMax ?? Int.max
        return switches.hasServerPaging ? min(switches.pageSize, wanted) : wanted
    }

    /// Such a service gives delta links unasked and does not mind the client's page size.
    private var isPlainV2: Bool {
        if case .v2 = request.service.version { true } else { false }
    }

    // Deltas

    /// What happened since a token, oldest first, every entity once and as it is now.
    private func changes(
        since text: String, _ set: ERPEntitySet, _ query: ERPQuery, address: String
    ) throws(ERPError) -> ERPPage {
        let table = tables[set.table]
        guard switches.hasDelta, let log = ERPToken.log(ofDelta: text, epoch: epoch),
            log <= table.log.count
        else { throw .unknownToken(status: switches.tokenStatus) }
        var token = token(position: 0, given: 0, log: table.log.count)
        if let text = query.skipToken { token = try checked(text) }
        let upper = min(token.log ?? table.log.count, table.log.count)
        let start = token
        var rows: [Int] = []
        var seen: Set<Int> = []
        for change in table.log[min(log, upper)..<upper].reversed()
        where seen.insert(change.row).inserted { rows.append(change.row) }
        rows.reverse()
        var page = ERPPage(isDelta: true)
        let limit = request.twist == .emptyPage ? 0 : pageLimit
        while token.position < rows.count, page.entities.count + page.removals.count < limit {
            let row = rows[token.position]
            if table.rows[row].isDeleted {
                let path = ERPAddress.path(set.name, set.keyNames, table.key(row))
                page.removals.append(ERPPage.Removal(path: path, at: table.rows[row].changedAt))
            } else if isShown(row, table, query) {
                page.entities.append(entity(set, row, query.shape))
            }
            token.position += 1
        }
        if token.position < rows.count {
            page.next = link(address, token, without: ["$skiptoken"])
        } else {
            page.delta = deltaLink(address, upper)
        }
        return twisted(page, address, start)
    }

    // Links

    func token(position: Int, given: Int, log: Int?) -> ERPToken {
        ERPToken(
            epoch: epoch, issuedAt: request.now.seconds, position: position, given: given, log: log)
    }

    func checked(_ text: String) throws(ERPError) -> ERPToken {
        guard let token = ERPToken(skip: text), token.epoch == epoch,
            switches.skipTokenLife.map({ request.now.seconds - token.issuedAt < $0 }) ?? true
        else { throw .unknownToken(status: switches.tokenStatus) }
        return token
    }

    func link(_ address: String, _ token: ERPToken, without names: [String]) -> String {
        let kept = request.keptQuery(without: names)
        return address + "?" + (kept + ["$skiptoken=\(token.skipText)"]).joined(separator: "&")
    }

    private func deltaLink(_ address: String, _ log: Int) -> String {
        let text = ERPToken.delta(epoch: epoch, at: request.now, log: log)
        let kept = request.keptQuery(without: [
            "$skiptoken", "!deltatoken", "$deltatoken", "$inlinecount", "$count",
        ])
        let option = request.service.isV4 ? "$deltatoken=\(text)" : "!deltatoken='\(text)'"
        return address + "?" + (kept + [option]).joined(separator: "&")
    }

    private func twisted(_ page: ERPPage, _ address: String, _ start: ERPToken) -> ERPPage {
        var page = page
        switch request.twist {
        case .duplicateItems: page.entities += page.entities
        case .emptyPage where page.next != nil, .repeatPage where page.next != nil:
            page.next = link(address, start, without: ["$skiptoken", "$skip"])
        case .repeatLink where page.next != nil:
            page.next = address + "?" + (request.http.query ?? "")
        case .ghostRemovals where page.isDelta:
            let set = address.prefix { $0 != "(" && $0 != "/" }
            page.removals.append(ERPPage.Removal(path: "\(set)('GHOST-1')", at: request.now))
        default: break
        }
        return page
    }
}
