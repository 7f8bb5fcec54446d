import HTTPServer
import JSON

/// Bulk API 2.0, its query half: `jobs/query/...`.
extension CRMOrg {
    mutating func bulk(_ request: CRMRequest) throws(CRMError) -> HTTPResponse {
        switch (request.method, request.path.count) {
        case ("POST", 2): return try createJob(request)
        case ("GET", 2):
            return request.json([
                "done": true, "records": .array(jobs.map { $0.json(isWhole: false) }),
                "nextRecordsUrl": .null,
            ])
        case ("GET", 3):
            let index = try job(request.path[2])
            jobs[index].poll(switches, now: request.now)
            return request.json(jobs[index].json(isWhole: true))
        case ("PATCH", 3): return try abortJob(request)
        case ("DELETE", 3):
            let index = try job(request.path[2])
            guard jobs[index].state.isFinal else {
                throw .bulk(
                    "INVALIDJOBSTATE", "A job in progress cannot be deleted; abort it first")
            }
            jobs.remove(at: index)
            return HTTPResponse(status: 204)
        case ("GET", 4) where request.path[3] == "results": return try results(request)
        case (_, 2): throw .badMethod(request.method, allowed: "GET,POST")
        case (_, 3): throw .badMethod(request.method, allowed: "DELETE,GET,PATCH")
        default: throw .notFound
        }
    }

    private func job(_ id: String) throws(CRMError) -> Int {
        guard let short = CRMID.short(id), let index = jobs.firstIndex(where: { $0.id == short })
        else { throw .notFound }
        return index
    }

    private func body(_ request: CRMRequest) throws(CRMError) -> JSON {
        guard let json = try? JSON.parse(request.request.body), json.objectMembers != nil else {
            throw .bulk("JSON_PARSER_ERROR", "The body is not a JSON object")
        }
        return json
    }

    private mutating func createJob(_ request: CRMRequest) throws(CRMError) -> HTTPResponse {
        let body = try body(request)
        let operation = body["operation"]?.stringValue ?? ""
        guard operation == "query" || operation == "queryAll", let text = body["query"]?.stringValue
        else { throw .bulk("INVALIDJOB", "operation and query are required") }
        let delimiter = body["columnDelimiter"]?.stringValue ?? "COMMA"
        let ending = body["lineEnding"]?.stringValue ?? "LF"
        guard body["contentType"]?.stringValue ?? "CSV" == "CSV",
            CRMJob.delimiters[delimiter] != nil, CRMJob.endings[ending] != nil
        else { throw .bulk("INVALIDJOB", "contentType, columnDelimiter or lineEnding is unknown") }
        let plan = try bulkPlan(text)
        if jobs.count >= Limits.bulkJobsMax { jobs.removeFirst() }
        jobCount += 1
        let job = CRMJob(
            id: CRMID.make(prefix: "750", serial: jobCount), operation: operation, plan: plan,
            rows: data.rows(plan, isAll: operation == "queryAll", now: request.now),
            version: request.version, createdAt: request.now, createdBy: data.actor,
            delimiterName: delimiter, endingName: ending, changedAt: request.now)
        jobs.append(job)
        return request.json(job.json(isWhole: false))
    }

    /// - Throws: ``CRMError`` for what the bulk interface cannot do, and for wrong queries.
    private func bulkPlan(_ text: String) throws(CRMError) -> SOQLPlan {
        guard text.ranges(of: /\bFIELDS\s*\(/.ignoresCase()).isEmpty,
            text.ranges(of: /\bTYPEOF\b/.ignoresCase()).isEmpty
        else { throw .bulk("API_ERROR", "FIELDS() and TYPEOF are not supported in Bulk Query") }
        let plan: SOQLPlan
        do throws(CRMError) {
            plan = try self.plan(text)
        } catch {
            throw .bulk("API_ERROR", "\(error.code): \(error.message)")
        }
        let object = CRMSchema.objects[plan.object].name
        guard !switches.bulkRefuses.contains(object) else {
            throw .bulk("INVALIDENTITY", "Entity '\(object)' is not supported by the Bulk API.")
        }
        guard !plan.isCount, plan.offset == 0 else {
            throw .bulk("API_ERROR", "Aggregates and OFFSET are not supported in Bulk Query")
        }
        guard !plan.hasChildren else {
            throw .bulk("API_ERROR", "Nested queries are not supported in Bulk Query")
        }
        for column in plan.flat {
            if column.kind == .address {
                throw .bulk(
                    "FUNCTIONALITY_NOT_ENABLED",
                    "Selecting compound data not supported in Bulk Query")
            }
            if column.kind == .base64 {
                throw .bulk(
                    "FUNCTIONALITY_NOT_ENABLED", "Selecting binary data not supported in Bulk Query"
                )
            }
        }
        return plan
    }

    private mutating func abortJob(_ request: CRMRequest) throws(CRMError) -> HTTPResponse {
        let index = try job(request.path[2])
        guard try body(request)["state"]?.stringValue == "Aborted" else {
            throw .bulk("INVALIDJOBSTATE", "A query job's state can be set to Aborted only")
        }
        guard !jobs[index].state.isFinal else {
            throw .bulk("INVALIDJOBSTATE", "The job has ended already")
        }
        jobs[index].state = .aborted
        jobs[index].changedAt = request.now
        return request.json(jobs[index].json(isWhole: false))
    }

    private func results(_ request: CRMRequest) throws(CRMError) -> HTTPResponse {
        let job = jobs[try job(request.path[2])]
        guard job.version == request.version else {
            throw .bulk(
                "API_ERROR",
                "The job was created with API version \(job.version).0 and its results must be "
                    + "asked for with the same one", status: 409)
        }
        guard job.state == .complete else {
            throw .bulk(
                "JOB_NOT_COMPLETE", "The job is in state \(job.state.rawValue): no results")
        }
        var start = 0
        if let locator = request.query("locator") {
            let text = String(
                decoding: Base64.decodeURL(locator) ?? [], as: UTF8.self)
            guard let row = Int(text), job.rows.indices.contains(row) else {
                throw .bulk("INVALID_QUERY_LOCATOR", "The locator '\(locator)' is not known")
            }
            start = row
        }
        var size = job.rows.count
        if let text = request.query("maxRecords") {
            guard let most = Int(text), most > 0 else {
                throw .bulk("INVALIDREQUEST", "maxRecords is not a positive number")
            }
            size = min(size, most)
        }
        if let most = switches.bulkPageSize { size = min(size, most) }
        let end = min(start + size, job.rows.count)
        var bytes: [UInt8] = []
        if !job.rows.isEmpty || !switches.bulkEmptyBody {
            CRMData.appendCSVHeader(
                job.plan, delimiter: job.delimiter, ending: job.ending, to: &bytes)
        }
        for row in job.rows[start..<end] {
            data.appendCSV(
                row, job.plan, delimiter: job.delimiter, ending: job.ending, to: &bytes)
        }
        let next = end < job.rows.count ? Base64.encode(Array("\(end)".utf8), .url) : "null"
        return HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/csv"), ("Sforce-Locator", next),
                ("Sforce-NumberOfRecords", "\(end - start)"),
            ], body: bytes)
    }
}
