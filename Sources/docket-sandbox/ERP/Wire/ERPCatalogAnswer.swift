import HTTPServer

/// Answers of the service that lists the services.
struct ERPCatalogAnswer: Sendable {
    let reader: ERPReader

    func response() throws(ERPError) -> HTTPResponse {
        let answer = try V2Answer(reader)
        let (request, segments) = (reader.request, reader.request.segments)
        guard let raw = segments.first, raw != "$metadata" else { return try answer.response() }
        let segment = try ERPSegment(raw)
        guard let set = request.service.set(segment.name) else { throw .noSegment(segment.name) }
        let services = ERPService.all.filter { !$0.isV4 }.map { entity($0, set) }
        guard let key = segment.arguments?.first?.value else {
            if segments.dropFirst() == ["$count"] {
                return HTTPResponse(status: 200, text: "\(services.count)")
            }
            let hasCount = request.option("$inlinecount") == "allpages"
            let page = ERPPage(entities: services, count: hasCount ? services.count : nil)
            return answer.page(page, of: set.name)
        }
        let path = ERPAddress.path(set.name, set.keyNames, [key])
        guard let entity = services.first(where: { $0.path == path }) else {
            throw .notFound(set.name, status: 404, language: request.language)
        }
        return answer.entity(entity)
    }

    private func entity(_ service: ERPService, _ set: ERPEntitySet) -> ERPEntity {
        let id = "Z\(service.name)_0001"
        let address = reader.request.origin + service.root.dropLast()
        let values: [ERPValue] = [
            .text(id), .text(service.title), .text(service.name), .number("1"), .text(address),
        ]
        return ERPEntity(
            set: set, path: ERPAddress.path(set.name, set.keyNames, [id]),
            properties: zip(set.properties, values).map { (property: $0, value: $1) },
            etag: "W/\"'1'\"", mediaType: nil, changedAt: ERPSeed.start)
    }
}
