import JSON

extension Fault {
    /// - Throws: ``ControlError`` where the description is not one of a fault.
    init(_ json: JSON) throws(ControlError) {
        let fields = try ControlFields(
            json,
            known: [
                "path", "skip", "count", "fault", "status", "retry_after", "retry_after_date",
                "body", "bytes", "chunked", "code", "location", "to", "milliseconds", "origin",
            ])
        pattern = try fields.text("path") ?? "*"
        skip = try fields.number("skip", in: 0...1_000_000) ?? 0
        let isEndless = json["count"]?.stringValue == "always"
        count = isEndless ? nil : try fields.number("count", in: 1...1_000_000) ?? 1
        effect = try Self.effect(fields)
    }

    private static func effect(_ fields: ControlFields) throws(ControlError) -> Effect {
        switch try fields.required("fault") {
        case "status":
            guard let status = try fields.number("status", in: 200...599) else {
                throw ControlError("status is missing")
            }
            return .status(
                status, retryAfter: try retryAfter(fields), body: try fields.text("body"))
        case "truncate":
            return .truncate(
                after: try fields.number("bytes", in: 0...Int(Int32.max)) ?? 100,
                chunked: try fields.flag("chunked") ?? false)
        case "logon-page": return .logonPage
        case "expire-tokens": return .expireTokens
        case "sync-state-not-found":
            return .syncStateNotFound(
                code: try fields.text("code"),
                hasLocation: try fields.flag("location") ?? false)
        case "redirect":
            return .redirect(
                to: try fields.required("to"),
                status: try fields.number("status", in: 300...399) ?? 302)
        case "delay":
            let milliseconds = try fields.number("milliseconds", in: 0...Limits.delayMax)
            return .delay(milliseconds: milliseconds ?? 1000)
        case "empty-page": return .twist(.emptyPage)
        case "repeat-page": return .twist(.repeatPage)
        case "repeat-link": return .twist(.repeatLink)
        case "duplicate-items": return .twist(.duplicateItems)
        case "ghost-removals": return .twist(.ghostRemovals)
        case "foreign-link": return .twist(.foreignLink(origin: try fields.required("origin")))
        case let other: throw ControlError("unknown fault \"\(other)\"")
        }
    }

    private static func retryAfter(_ fields: ControlFields) throws(ControlError) -> RetryAfter? {
        if let seconds = try fields.number("retry_after_date", in: -86_400...86_400) {
            return .date(seconds: Int64(seconds))
        }
        return try fields.text("retry_after").map(RetryAfter.text)
    }
}
