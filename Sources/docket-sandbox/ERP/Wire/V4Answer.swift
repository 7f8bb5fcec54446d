import HTTPServer
import JSON

/// Answers in version 4.
struct V4Answer: Sendable {
    let reader: ERPReader
    private let json: V4JSON

    private var request: ERPRequest { reader.request }

    init(_ reader: ERPReader) {
        self.reader = reader
        let request = reader.request
        let is401 = request.http.header("odata-maxversion") == "4.01"
        let form = reader.switches.removedForm
        json = V4JSON(
            links: ERPLinks(request, reader.switches),
            hasTextNumbers: request.isIEEE754Compatible,
            hasRemovedMember: form == "auto" ? is401 : form == "4.01")
    }

    func response() throws(ERPError) -> HTTPResponse {
        switch request.segments.first {
        case nil: return document()
        case "$metadata"?: return metadata()
        default: break
        }
        switch try reader.resource() {
        case .collection(let set, let candidates, let address):
            let query = try ERPQuery(request, set, reader.tables[set.table])
            let page = try reader.page(set, query, candidates, address: address)
            var response = encoded(json.page(page, set: set, address: address))
            if request.tracksChanges, reader.switches.hasDelta {
                response.headers.append(("Preference-Applied", "odata.track-changes"))
            }
            return response
        case .count(let set, let candidates):
            let query = try ERPQuery(request, set, reader.tables[set.table])
            return HTTPResponse(status: 200, text: "\(reader.count(set, query, candidates))")
        case .entity(let set, let row):
            let query = try ERPQuery(request, set, reader.tables[set.table])
            return entity(reader.entity(set, row, query.shape))
        case .nothing: return HTTPResponse(status: 204)
        case .media(let set, let row): return reader.mediaResponse(set, row)
        case .property(let set, let row, let property, let isRaw):
            let value = reader.tables[set.table].value(row, property.name)
            if isRaw { return HTTPResponse(status: 200, text: V4JSON.text(value, property.type)) }
            return encoded(["value": json.value(value, property.type)])
        }
    }

    func entity(_ entity: ERPEntity) -> HTTPResponse {
        if request.http.header("if-none-match") == entity.etag {
            return HTTPResponse(status: 304, headers: [("ETag", entity.etag)])
        }
        var response = encoded(json.single(entity))
        response.headers.append(("ETag", entity.etag))
        return response
    }

    private func encoded(_ body: JSON) -> HTTPResponse {
        let compatible = json.hasTextNumbers ? "IEEE754Compatible=true;" : ""
        return HTTPResponse(
            status: 200,
            headers: [
                (
                    "Content-Type",
                    "application/json;odata.metadata=minimal;\(compatible)charset=utf-8"
                ), ("OData-Version", "4.0"),
            ], body: body.serializedBytes())
    }

    private func document() -> HTTPResponse {
        let sets = request.service.sets.map { set -> JSON in
            ["name": .string(set.name), "url": .string(set.name)]
        }
        return encoded([
            "@odata.context": .string(request.serviceURL + "$metadata"), "value": .array(sets),
        ])
    }

    private func metadata() -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [("Content-Type", "application/xml"), ("OData-Version", "4.0")],
            body: Array(V4Metadata(service: request.service).text.utf8))
    }
}
