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
        if let found = known[service],
            now.timeIntervalSince(found.readAt) < Limits.schemaLifetime / .seconds(1)
        {
            return found.schema
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
