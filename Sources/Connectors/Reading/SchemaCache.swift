import FoundationEssentials
import HTTPClient

/// The schemas of a connector's OData services, each asked for once in a while.
actor SchemaCache {
    private var known: [String: (schema: ODataSchema?, readAt: Date)] = [:]

    /// The schema of a service; nil where it does not give one.
    ///
    /// - Throws: What keeps the service from answering at all.
    func schema(
        of service: String, _ requester: Requester, scope: String
    ) async throws(ConnectorError) -> ODataSchema? {
        let now = requester.surroundings.now()
        if let found = known[service] {
            // One that was not to be read may have been damaged on its way.
            let lifetime = found.schema == nil ? Limits.schemaAbsence : Limits.schemaLifetime
            if now.timeIntervalSince(found.readAt) < lifetime / .seconds(1) { return found.schema }
        }
        let schema: ODataSchema?
        do {
            schema = try await requester.send(
                Call(
                    url: "\(service)/$metadata", headers: [("Accept", "application/xml")],
                    scope: scope)
            ) { (response) throws(Unreadable) in
                do { return try ODataSchema.parse(response.body) } catch {
                    throw Unreadable(reason: "\(error)")
                }
            }.value
        } catch {
            switch error {
            case .missing, .forbidden, .unexpected: schema = nil
            default: throw error
            }
        }
        known[service] = (schema, now)
        return schema
    }
}
