import HTTPServer
import JSON

/// Queries and their pages.
extension CRMOrg {
    /// Looks a query up.
    ///
    /// - Throws: ``CRMError``, also where the object demands a condition that the query has not.
    func plan(_ text: String) throws(CRMError) -> SOQLPlan {
        let query = try SOQLParser.query(text)
        let plan = try SOQLPlanner(hidden: data.hidden).plan(query)
        if CRMSchema.objects[plan.object].name == "ContentDocumentLink",
            !CRMData.namesLinks(query.filter)
        {
            throw .malformed(
                "Implementation restriction: ContentDocumentLink requires a filter by a single Id "
                    + "on ContentDocumentId or LinkedEntityId using the equals operator or "
                    + "multiple Id's using the IN operator.")
        }
        return plan
    }

    mutating func query(_ request: CRMRequest, isAll: Bool) throws(CRMError) -> HTTPResponse {
        guard let text = request.query("q") else {
            throw .malformed("A query string has to be specified")
        }
        let plan = try plan(text)
        let hint = try request.batchSize()
        let rows = data.rows(plan, isAll: isAll, now: request.now)
        if plan.isCount {
            return request.json(["totalSize": JSON(rows.count), "done": true, "records": []])
        }
        var size = min(hint, switches.pageSize ?? .max)
        if plan.customLongTextCount >= 2 { size = min(size, Limits.soqlLongTextBatch) }
        let cursor = CRMCursor(
            number: cursors.nextNumber, plan: plan, rows: rows, isAll: isAll, pageSize: size,
            openedAt: request.now)
        if rows.count > size || request.twist != nil { cursors.open(cursor) }
        return page(cursor, from: 0, size: size, request)
    }

    mutating func nextPage(
        _ locator: String, _ request: CRMRequest
    ) throws(CRMError) -> HTTPResponse {
        // What was asked for is in the locator.
        guard request.request.query == nil,
            request.request.header("sforce-query-options") == nil
        else { throw .malformed("a query locator stands alone, without parameters and options") }
        guard
            let (cursor, row) = cursors.find(
                locator, now: request.now, lifetime: switches.locatorSeconds)
        else { throw .badLocator }
        let size = min(cursor.pageSize, switches.pageSize ?? .max)
        return page(cursor, from: row, size: size, request)
    }

    private mutating func page(
        _ cursor: CRMCursor, from start: Int, size: Int, _ request: CRMRequest
    ) -> HTTPResponse {
        var next = min(start + size, cursor.rows.count)
        var rows = Array(cursor.rows[start..<next])
        switch request.twist {
        case .emptyPage: (rows, next) = ([], start)
        case .repeatPage, .repeatLink: next = start
        case .duplicateItems: rows = rows.flatMap { [$0, $0] }
        case .foreignLink, .ghostRemovals, nil: break
        }
        // A record that has gone since is left out, and the page is the shorter for it.
        rows = rows.filter {
            data.isVisible(
                data.tables[cursor.plan.object][$0], of: cursor.plan.object, isAll: cursor.isAll,
                now: request.now)
        }
        var writer = CRMRowWriter(
            data, base: request.base, isAll: cursor.isAll, now: request.now,
            childPageSize: switches.childPageSize, hidesChildren: switches.hidesChildren,
            nextCursor: max(cursors.nextNumber, cursor.number + 1))
        let isDone = next >= cursor.rows.count
        writer.write(raw: "{\"totalSize\":\(cursor.rows.count),\"done\":\(isDone),")
        if !isDone {
            var prefix = ""
            if case .foreignLink(let origin) = request.twist { prefix = origin }
            // Also behind queryAll the link says query.
            let link = "\(prefix)\(request.base)/query/\(cursor.locator(at: next))"
            writer.write(raw: "\"nextRecordsUrl\":\"\(link)\",")
        }
        writer.write(raw: "\"records\":")
        writer.write(rows: rows, cursor.plan)
        writer.write(raw: "}")
        for opened in writer.opened { cursors.open(opened) }
        return request.json(writer.bytes)
    }
}
