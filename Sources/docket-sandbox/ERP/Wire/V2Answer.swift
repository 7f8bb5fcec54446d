import HTTPServer
import JSON

/// Answers in version 2, as JSON or Atom.
struct V2Answer: Sendable {
    let reader: ERPReader
    private let isJSON: Bool
    private let namespace: String
    private let json: V2JSON
    private let atom: V2Atom

    private var request: ERPRequest { reader.request }
    private var switches: ERPSwitches { reader.switches }

    init(_ reader: ERPReader) throws(ERPError) {
        self.reader = reader
        let (request, switches) = (reader.request, reader.switches)
        let isMetadata = request.segments.first == "$metadata"
        isJSON = try isMetadata ? false : request.wantsJSON()
        let links = ERPLinks(request, switches)
        namespace =
            switches.hasOddNamespaces
            ? request.service.namespace.lowercased() : request.service.namespace
        json = V2JSON(
            links: links, namespace: namespace, hasTombstones: switches.hasJSONTombstones,
            dateOffset: switches.dateOffset)
        atom = V2Atom(
            links: links, namespace: namespace, hasOddPrefixes: switches.hasOddNamespaces)
    }

    func response() throws(ERPError) -> HTTPResponse {
        switch request.segments.first {
        case nil: return document()
        case "$metadata"?: return metadata()
        case "GetAllOriginals"?: return try originals()
        default: break
        }
        let resource: ERPResource
        do throws(ERPError) {
            resource = try reader.resource()
        } catch  where error.status == 200 {
            // What some services say of a key that is not there.
            return encoded(["d": ["results": []]])
        }
        switch resource {
        case .collection(let set, let candidates, let address):
            if set.requiresFilter, request.option("$filter") == nil {
                throw .badRequest("\(set.name) needs a $filter")
            }
            let query = try ERPQuery(request, set, reader.tables[set.table])
            return page(
                try reader.page(set, query, candidates, address: address), of: address)
        case .count(let set, let candidates):
            let query = try ERPQuery(request, set, reader.tables[set.table])
            return HTTPResponse(
                status: 200, text: "\(reader.count(set, query, candidates))")
        case .entity(let set, let row):
            let query = try ERPQuery(request, set, reader.tables[set.table])
            return entity(reader.entity(set, row, query.shape))
        case .nothing: return encoded(["d": nil])
        case .media(let set, let row): return reader.mediaResponse(set, row)
        case .property(let set, let row, let property, let isRaw):
            return self.property(set, row, property, isRaw: isRaw)
        }
    }

    // Forms

    func page(_ page: ERPPage, of address: String) -> HTTPResponse {
        if isJSON { return encoded(json.page(page)) }
        return xml(
            "application/atom+xml;type=feed;charset=utf-8",
            atom.feed(page, set: address, now: request.now))
    }

    func entity(_ entity: ERPEntity) -> HTTPResponse {
        if request.http.header("if-none-match") == entity.etag {
            return HTTPResponse(status: 304, headers: [("ETag", entity.etag)])
        }
        var response =
            isJSON
            ? encoded(["d": json.entity(entity)])
            : xml("application/atom+xml;type=entry;charset=utf-8", atom.entry(entity))
        response.headers.append(("ETag", entity.etag))
        return response
    }

    func encoded(_ body: JSON) -> HTTPResponse {
        let bytes = body.serializedBytes()
        return HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "application/json;charset=utf-8"), ("DataServiceVersion", "2.0"),
            ], body: switches.hasEscapedDates ? V2JSON.escapingDates(bytes) : bytes)
    }

    private func xml(_ type: String, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: [("Content-Type", type), ("DataServiceVersion", "2.0")],
            body: Array(text.utf8))
    }

    private func document() -> HTTPResponse {
        let names = request.service.sets.map(\.name)
        if isJSON { return encoded(["d": ["EntitySets": .array(names.map { .string($0) })]]) }
        let collections = names.map { name in
            "<app:collection href=\"\(name)\"><atom:title type=\"text\">\(name)</atom:title>"
                + "</app:collection>"
        }
        let base = XMLText.escaped(request.serviceURL)
        return xml(
            "application/atomsvc+xml;charset=utf-8",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><app:service xml:base=\"\(base)\" "
                + "xmlns:app=\"http://www.w3.org/2007/app\" "
                + "xmlns:atom=\"http://www.w3.org/2005/Atom\"><app:workspace>"
                + "<atom:title type=\"text\">Data</atom:title>\(collections.joined())"
                + "</app:workspace></app:service>")
    }

    private func metadata() -> HTTPResponse {
        let etag = "W/\"20260115080000\(request.language)\""
        guard request.http.header("if-none-match") != etag else {
            return HTTPResponse(status: 304, headers: [("ETag", etag)])
        }
        var response = xml(
            "application/xml;charset=utf-8",
            V2Metadata(
                service: request.service, namespace: namespace, language: request.language,
                prefix: switches.hasOddNamespaces ? "x" : "edmx"
            ).text)
        response.headers += [("ETag", etag), ("Last-Modified", ERPSeed.start.httpDate)]
        return response
    }

    private func property(
        _ set: ERPEntitySet, _ row: Int, _ property: ERPProperty, isRaw: Bool
    ) -> HTTPResponse {
        let value = reader.tables[set.table].value(row, property.name)
        if isRaw { return HTTPResponse(status: 200, text: V2Atom.text(value, property.type)) }
        if isJSON {
            let member = (name: property.name, value: json.value(value, property.type))
            return encoded(["d": .object(JSON.Members([member]))])
        }
        let text = XMLText.escaped(V2Atom.text(value, property.type))
        return xml(
            "application/xml;charset=utf-8",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><d:\(property.name) xmlns:d="
                + "\"http://schemas.microsoft.com/ado/2007/08/dataservices\">\(text)"
                + "</d:\(property.name)>")
    }

    /// The attachments of one object, its key in the internal length.
    private func originals() throws(ERPError) -> HTTPResponse {
        func parameter(_ name: String) throws(ERPError) -> String {
            guard let text = request.option(name), text.count > 1, text.hasPrefix("'"),
                text.hasSuffix("'")
            else { throw .badRequest("The parameter \(name) is missing or no literal") }
            return String(text.dropFirst().dropLast()).replacing("''", with: "'")
        }
        guard request.service.name == "API_CV_ATTACHMENT_SRV",
            let set = request.service.set("AttachmentContentSet")
        else { throw .noSegment("GetAllOriginals") }
        let rows = reader.tables.attachments(
            objectType: try parameter("BusinessObjectTypeName"),
            objectKey: try parameter("LinkedSAPObjectKey"))
        let page = ERPPage(entities: rows.map { reader.entity(set, $0, ERPShape()) })
        return self.page(page, of: "GetAllOriginals")
    }
}

extension ERPReader {
    func mediaResponse(_ set: ERPEntitySet, _ row: Int) -> HTTPResponse {
        let table = tables[set.table]
        let name = table.value(row, "FileName").text ?? ""
        return HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", table.value(row, "MimeType").text ?? "application/octet-stream"),
                (
                    "Content-Disposition",
                    "attachment; filename*=UTF-8''\(ERPAddress.encoded(name))"
                ),
                ("ETag", etag(table, row)),
            ], body: table.media[row] ?? [],
            delivery: switches.isMediaWithoutLength ? .chunked : .whole)
    }
}
