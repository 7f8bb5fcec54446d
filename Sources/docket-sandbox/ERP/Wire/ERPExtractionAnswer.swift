import HTTPServer
import JSON

/// Answers of the extraction service, whose reading moves the reader's place in the queue.
struct ERPExtractionAnswer: Sendable {
    let reader: ERPReader
    let user: String

    private var request: ERPRequest { reader.request }

    func response(_ subscriptions: inout ERPSubscriptions) throws(ERPError) -> HTTPResponse {
        let answer = try V2Answer(reader)
        guard let raw = request.segments.first,
            let set = request.service.set(
                ERPExtraction.setName)
        else { return try answer.response() }
        let segment = try ERPSegment(raw)
        switch segment.name {
        case "SubscribedTo" + ERPExtraction.setName:
            return flag(segment.name, !subscriptions.tokens(of: user).isEmpty, answer)
        case "TerminateDeltasFor" + ERPExtraction.setName:
            subscriptions.terminate(user)
            return flag(segment.name, true, answer)
        case ERPExtraction.linksName:
            guard let token = segment.arguments?.first?.value else {
                return answer.page(deltaLinks(subscriptions), of: ERPExtraction.linksName)
            }
            guard request.segments.dropFirst() == ["ChangesAfter"] else { throw .noSegment(token) }
            return try changes(
                after: token, set, address: "\(segment.name)('\(token)')/ChangesAfter", answer,
                &subscriptions)
        case ERPExtraction.setName where segment.arguments == nil && request.segments.count == 1:
            if let token = request.option("!deltatoken")?.filter({ $0 != "'" }) {
                return try changes(
                    after: token, set, address: set.name, answer, &subscriptions)
            }
            return try snapshot(set, answer, &subscriptions)
        default: return try answer.response()
        }
    }

    private func snapshot(
        _ set: ERPEntitySet, _ answer: V2Answer, _ subscriptions: inout ERPSubscriptions
    ) throws(ERPError) -> HTTPResponse {
        let table = reader.tables[set.table]
        let query = try ERPQuery(request, set, table)
        let isTracked = request.tracksChanges && reader.switches.hasDelta
        if isTracked, query.skipToken == nil {
            subscriptions.subscribe(user, log: table.log.count, at: request.now)
        }
        var page = try reader.page(
            set, query, .all(table.rows.count), address: ERPExtraction.setName)
        if page.delta != nil { page.delta = link(subscriptions.tokens(of: user).last) }
        var response = answer.page(page, of: set.name)
        if isTracked {
            response.headers.append(("Preference-Applied", "odata.track-changes"))
        }
        return response
    }

    private func changes(
        after token: String, _ set: ERPEntitySet, address: String, _ answer: V2Answer,
        _ subscriptions: inout ERPSubscriptions
    ) throws(ERPError) -> HTTPResponse {
        let table = reader.tables[set.table]
        guard
            let range = subscriptions.read(
                token, user, log: table.log.count, at: request.now)
        else { throw .unknownToken(status: reader.switches.tokenStatus) }
        var shape = ERPShape()
        for name in (request.option("$select") ?? "").split(separator: ",") {
            shape.select([name])
        }
        let rows = ERPExtraction.changes(range, set, shape, reader: reader)
        var place = reader.token(position: 0, given: 0, log: nil)
        if let text = request.option("$skiptoken") { place = try reader.checked(text) }
        let shown = rows.dropFirst(place.position).prefix(reader.pageLimit)
        place.position += shown.count
        var page = ERPPage(entities: Array(shown), isDelta: true)
        if place.position < rows.count {
            page.next = reader.link(address, place, without: ["$skiptoken"])
        } else {
            page.delta = link(subscriptions.tokens(of: user).last)
        }
        return answer.page(page, of: address)
    }

    private func link(_ token: ERPSubscriptions.Token?) -> String? {
        token.map { "\(ERPExtraction.setName)?!deltatoken='\($0.text)'" }
    }

    private func deltaLinks(_ subscriptions: ERPSubscriptions) -> ERPPage {
        guard let set = request.service.set(ERPExtraction.linksName) else { return ERPPage() }
        let entities = subscriptions.tokens(of: user).map { token in
            let values: [ERPValue] = [
                .text(token.text), .moment(token.createdAt), .flag(token.isInitial),
            ]
            return ERPEntity(
                set: set, path: ERPAddress.path(set.name, set.keyNames, [token.text]),
                properties: zip(set.properties, values).map { (property: $0, value: $1) },
                etag: "W/\"'\(token.log)'\"", mediaType: nil, changedAt: token.createdAt,
                neighbours: set.navigations.map {
                    ERPEntity.Neighbour(navigation: $0, content: .deferred)
                })
        }
        return ERPPage(entities: entities)
    }

    private func flag(_ name: String, _ value: Bool, _ answer: V2Answer) -> HTTPResponse {
        let result: JSON = ["SubscribedFlag": .bool(value)]
        return answer.encoded(["d": .object(JSON.Members([(name, result)]))])
    }
}
