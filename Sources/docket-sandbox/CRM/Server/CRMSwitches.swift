import JSON

/// What the org does out of the ordinary, until it is told otherwise.
struct CRMSwitches: Sendable {
    /// Calls after which a session has expired; nil: by time alone.
    var sessionCalls: Int?
    var sessionSeconds = 7200
    /// The address that token answers give; requests to another are then not let in.
    var instanceURL: String?
    /// Most rows of a page, whatever a client hints at.
    var pageSize: Int?
    var childPageSize = 200
    var hidesChildren = false
    var locatorSeconds = Limits.cursorLifetime
    /// Calls within the quota's window, and its seconds.
    var quotaMax = 100_000
    var quotaWindow = 86_400
    /// Seconds by which the replication feeds lag.
    var replicationLag = 0
    /// Deletions before this are out of the log.
    var earliestAvailable: Timestamp?
    /// Refuses a window that begins before it, in place of an answer with less in it.
    var refusesEarlier = false
    /// Polls until a bulk job ends.
    var bulkPolls = 2
    /// `JobComplete`, `Failed` or `Aborted`.
    var bulkOutcome = "JobComplete"
    /// Most rows of a page of bulk results, whatever the request asks for.
    var bulkPageSize: Int?
    /// No rows are no header line either.
    var bulkEmptyBody = false
    /// Objects that the bulk interface does not know.
    var bulkRefuses: [String] = []
    /// Bytes after which file contents break off.
    var fileBytes: Int?

    private static let names = [
        "session_calls", "session_seconds", "instance_url", "page_size", "child_page_size",
        "null_subqueries", "locator_seconds", "quota_max", "quota_window", "replication_lag",
        "earliest_available", "refuse_earlier", "bulk_polls", "bulk_outcome", "bulk_page_size",
        "bulk_empty_body", "bulk_refuses", "file_bytes",
    ]

    /// Sets what the object names; null sets a switch to what it was at the start.
    mutating func set(_ json: JSON) throws(ControlError) {
        let fields = try ControlFields(json, known: Self.names)
        let defaults = CRMSwitches()
        for (name, value) in json.objectMembers?.pairs ?? [] {
            if value.isNull { reset(name, to: defaults) }
        }
        let all = 1...Limits.switchMax
        func number(_ name: String, _ range: ClosedRange<Int> = all) throws(ControlError) -> Int? {
            try fields.number(name, in: range)
        }
        sessionCalls = try number("session_calls") ?? sessionCalls
        sessionSeconds = try number("session_seconds") ?? sessionSeconds
        instanceURL = try fields.text("instance_url") ?? instanceURL
        pageSize = try number("page_size") ?? pageSize
        childPageSize = try number("child_page_size") ?? childPageSize
        hidesChildren = try fields.flag("null_subqueries") ?? hidesChildren
        locatorSeconds = try number("locator_seconds", 0...Limits.switchMax) ?? locatorSeconds
        quotaMax = try number("quota_max", 0...Limits.switchMax) ?? quotaMax
        quotaWindow = try number("quota_window") ?? quotaWindow
        replicationLag = try number("replication_lag", 0...Limits.switchMax) ?? replicationLag
        if let text = try fields.text("earliest_available") {
            guard let moment = Timestamp(text) else {
                throw ControlError("earliest_available is not like 2026-01-15T08:00:00Z")
            }
            earliestAvailable = moment
        }
        refusesEarlier = try fields.flag("refuse_earlier") ?? refusesEarlier
        bulkPolls = try number("bulk_polls", 0...Limits.switchMax) ?? bulkPolls
        if let outcome = try fields.text("bulk_outcome") {
            guard ["JobComplete", "Failed", "Aborted"].contains(outcome) else {
                throw ControlError("bulk_outcome is not JobComplete, Failed or Aborted")
            }
            bulkOutcome = outcome
        }
        bulkPageSize = try number("bulk_page_size") ?? bulkPageSize
        bulkEmptyBody = try fields.flag("bulk_empty_body") ?? bulkEmptyBody
        if let refused = json["bulk_refuses"]?.arrayValue {
            bulkRefuses = refused.compactMap(\.stringValue)
        }
        fileBytes = try number("file_bytes", 0...Limits.switchMax) ?? fileBytes
    }

    private mutating func reset(_ name: String, to defaults: CRMSwitches) {
        switch name {
        case "session_calls": sessionCalls = defaults.sessionCalls
        case "session_seconds": sessionSeconds = defaults.sessionSeconds
        case "instance_url": instanceURL = defaults.instanceURL
        case "page_size": pageSize = defaults.pageSize
        case "child_page_size": childPageSize = defaults.childPageSize
        case "null_subqueries": hidesChildren = defaults.hidesChildren
        case "locator_seconds": locatorSeconds = defaults.locatorSeconds
        case "quota_max": quotaMax = defaults.quotaMax
        case "quota_window": quotaWindow = defaults.quotaWindow
        case "replication_lag": replicationLag = defaults.replicationLag
        case "earliest_available": earliestAvailable = defaults.earliestAvailable
        case "refuse_earlier": refusesEarlier = defaults.refusesEarlier
        case "bulk_polls": bulkPolls = defaults.bulkPolls
        case "bulk_outcome": bulkOutcome = defaults.bulkOutcome
        case "bulk_page_size": bulkPageSize = defaults.bulkPageSize
        case "bulk_empty_body": bulkEmptyBody = defaults.bulkEmptyBody
        case "bulk_refuses": bulkRefuses = defaults.bulkRefuses
        default: fileBytes = defaults.fileBytes
        }
    }

    var json: JSON {
        func number(_ value: Int?) -> JSON { value.map { JSON($0) } ?? .null }
        return [
            "session_calls": number(sessionCalls), "session_seconds": JSON(sessionSeconds),
            "instance_url": instanceURL.map { .string($0) } ?? .null,
            "page_size": number(pageSize), "child_page_size": JSON(childPageSize),
            "null_subqueries": .bool(hidesChildren), "locator_seconds": JSON(locatorSeconds),
            "quota_max": JSON(quotaMax), "quota_window": JSON(quotaWindow),
            "replication_lag": JSON(replicationLag),
            "earliest_available": earliestAvailable.map { .string($0.iso()) } ?? .null,
            "refuse_earlier": .bool(refusesEarlier), "bulk_polls": JSON(bulkPolls),
            "bulk_outcome": .string(bulkOutcome), "bulk_page_size": number(bulkPageSize),
            "bulk_empty_body": .bool(bulkEmptyBody),
            "bulk_refuses": .array(bulkRefuses.map { .string($0) }),
            "file_bytes": number(fileBytes),
        ]
    }
}
