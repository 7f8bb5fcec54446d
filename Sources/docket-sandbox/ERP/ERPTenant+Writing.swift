import HTTPServer
import JSON

extension ERPTenant {
    /// A modifying request that has shown its CSRF token.
    mutating func write(_ request: ERPRequest) throws(ERPError) -> HTTPResponse {
        guard let raw = request.segments.first, request.segments.count == 1 else {
            throw .badMethod
        }
        let segment = try ERPSegment(raw)
        let reader = reader(request)
        guard let set = request.service.set(segment.name), set.view == nil, !set.isMedia else {
            throw .badMethod
        }
        switch (request.http.method, segment.arguments) {
        case ("POST", nil):
            let members = try members(request, set)
            guard let row = tables[set.table].create(members, at: request.now) else {
                throw ERPError(
                    status: 409, code: "/IWBEP/CX_MGW_BUSI_EXCEPTION",
                    message: "The entity exists already")
            }
            let entity = self.reader(request).entity(set, row, ERPShape())
            var response =
                request.service.isV4
                ? V4Answer(reader).entity(entity) : try V2Answer(reader).entity(entity)
            response.status = 201
            return response
        case ("PATCH", let arguments?), ("MERGE", let arguments?), ("PUT", let arguments?):
            let row = try row(arguments, set, reader)
            tables[set.table].update(row, try members(request, set), at: request.now)
        case ("DELETE", let arguments?):
            tables.delete(try row(arguments, set, reader), of: set.table, at: request.now)
        default: throw .badMethod
        }
        return HTTPResponse(status: 204)
    }

    private func row(
        _ arguments: [(name: String?, value: String)], _ set: ERPEntitySet, _ reader: ERPReader
    ) throws(ERPError) -> Int {
        guard let row = tables[set.table].row(try reader.key(arguments, set)) else {
            throw .notFound(set.name, status: 404, language: reader.request.language)
        }
        guard let wanted = reader.request.http.header("if-match") else {
            throw .preconditionMissing
        }
        guard wanted == "*" || wanted == reader.etag(tables[set.table], row) else {
            throw .preconditionFailed
        }
        return row
    }

    private func members(
        _ request: ERPRequest, _ set: ERPEntitySet
    ) throws(ERPError) -> [String: ERPValue] {
        let body: JSON
        do throws(JSONError) {
            body = try JSON.parse(request.http.body)
        } catch {
            throw .badRequest(error.description)
        }
        do throws(ControlError) {
            return try ERPMembers.values(body, set.properties)
        } catch {
            throw .badRequest(error.message)
        }
    }
}
