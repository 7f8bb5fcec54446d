import JSON

/// What varies between SAP systems, and what goes wrong with them for longer than one request.
struct ERPSwitches: Sendable {
    var hasServerPaging = true
    var pageSize = ERPLimits.pageSize
    /// Entities of an expanded collection before it is cut; nil: all.
    var expandPageSize: Int?
    /// `relative`, `absolute`, or another origin such as `https://internal.example:44300`.
    var links = "absolute"
    /// Seconds after which a skip token is unknown; nil: never.
    var skipTokenLife: Int?
    /// What an unknown token of either kind is answered with.
    var tokenStatus = 410
    var hasDelta = true
    var hasJSONTombstones = false
    /// `auto` by `OData-MaxVersion`, `4.0` or `4.01`.
    var removedForm = "auto"
    var hasBeforeImages = true
    /// Rows without `$orderby` come in another order every time.
    var isOrderUnstable = false
    /// Other prefixes for the same namespaces, and types in a namespace of small letters.
    var hasOddNamespaces = false
    var hasEscapedDates = false
    /// Minutes behind `/Date(...)/` of a moment with a zone.
    var dateOffset = 0
    var needsClient = false
    var hasLogonPage = false
    var isDown = false
    var sessionsMax: Int?
    var missingKeyStatus = 404
    /// `auto` as the request asks, `json`, `xml` or `html`.
    var errorForm = "auto"
    /// Severity of the `sap-message` that goes with every answer; nil: none.
    var message: String?
    /// Canonical paths such as `A_SalesOrder('4712')`, and names of sets, that answer 423.
    var locked: Set<String> = []
    var isMediaWithoutLength = false

    private static let names = [
        "server_paging", "page_size", "expand_page_size", "links", "skiptoken_seconds",
        "token_status", "delta", "json_tombstones", "removed_form", "before_images",
        "unstable_order", "odd_namespaces", "escaped_dates", "date_offset", "client_check",
        "logon_page", "down", "sessions_max", "missing_key_status", "error_form", "message",
        "locked", "media_without_length",
    ]

    /// Sets what the members name; null takes a limit off.
    mutating func apply(_ body: JSON) throws(ControlError) {
        let fields = try ControlFields(body, known: Self.names)
        for name in Self.names where body[name]?.isNull == true { clear(name) }
        try applyFlags(fields)
        pageSize = try fields.number("page_size", in: 1...ERPLimits.pageSizeMax) ?? pageSize
        expandPageSize =
            try fields.number("expand_page_size", in: 1...ERPLimits.pageSizeMax) ?? expandPageSize
        skipTokenLife =
            try fields.number("skiptoken_seconds", in: 0...Limits.tokenLifetimeMax)
            ?? skipTokenLife
        sessionsMax =
            try fields.number("sessions_max", in: 0...ERPLimits.sessionsRemembered) ?? sessionsMax
        dateOffset = try fields.number("date_offset", in: -840...840) ?? dateOffset
        tokenStatus = try Self.choice(fields, "token_status", [400, 404, 410]) ?? tokenStatus
        missingKeyStatus =
            try Self.choice(fields, "missing_key_status", [200, 400, 404]) ?? missingKeyStatus
        removedForm =
            try Self.choice(fields, "removed_form", ["auto", "4.0", "4.01"]) ?? removedForm
        errorForm =
            try Self.choice(fields, "error_form", ["auto", "json", "xml", "html"]) ?? errorForm
        message =
            try Self.choice(fields, "message", ["success", "info", "warning", "error"]) ?? message
        if let links = try fields.text("links") {
            guard ["relative", "absolute"].contains(links) || links.hasPrefix("http") else {
                throw ControlError("links is not relative, absolute or an origin")
            }
            self.links = links
        }
        if let paths = body["locked"]?.arrayValue {
            locked = Set(paths.compactMap(\.stringValue))
        }
    }

    private mutating func applyFlags(_ fields: ControlFields) throws(ControlError) {
        hasServerPaging = try fields.flag("server_paging") ?? hasServerPaging
        hasDelta = try fields.flag("delta") ?? hasDelta
        hasJSONTombstones = try fields.flag("json_tombstones") ?? hasJSONTombstones
        hasBeforeImages = try fields.flag("before_images") ?? hasBeforeImages
        isOrderUnstable = try fields.flag("unstable_order") ?? isOrderUnstable
        hasOddNamespaces = try fields.flag("odd_namespaces") ?? hasOddNamespaces
        hasEscapedDates = try fields.flag("escaped_dates") ?? hasEscapedDates
        needsClient = try fields.flag("client_check") ?? needsClient
        hasLogonPage = try fields.flag("logon_page") ?? hasLogonPage
        isDown = try fields.flag("down") ?? isDown
        isMediaWithoutLength = try fields.flag("media_without_length") ?? isMediaWithoutLength
    }

    private mutating func clear(_ name: String) {
        switch name {
        case "expand_page_size": expandPageSize = nil
        case "skiptoken_seconds": skipTokenLife = nil
        case "sessions_max": sessionsMax = nil
        case "message": message = nil
        case "locked": locked = []
        default: break
        }
    }

    private static func choice(
        _ fields: ControlFields, _ name: String, _ choices: [Int]
    ) throws(ControlError) -> Int? {
        guard let number = try fields.number(name, in: 0...999) else { return nil }
        guard choices.contains(number) else {
            throw ControlError("\(name) is not one of \(choices)")
        }
        return number
    }

    private static func choice(
        _ fields: ControlFields, _ name: String, _ choices: [String]
    ) throws(ControlError) -> String? {
        guard let text = try fields.text(name) else { return nil }
        guard choices.contains(text) else {
            throw ControlError("\(name) is not one of \(choices.joined(separator: ", "))")
        }
        return text
    }

    var json: JSON {
        func number(_ value: Int?) -> JSON { value.map { JSON($0) } ?? .null }
        return [
            "server_paging": .bool(hasServerPaging), "page_size": JSON(pageSize),
            "expand_page_size": number(expandPageSize), "links": .string(links),
            "skiptoken_seconds": number(skipTokenLife), "token_status": JSON(tokenStatus),
            "delta": .bool(hasDelta), "json_tombstones": .bool(hasJSONTombstones),
            "removed_form": .string(removedForm), "before_images": .bool(hasBeforeImages),
            "unstable_order": .bool(isOrderUnstable), "odd_namespaces": .bool(hasOddNamespaces),
            "escaped_dates": .bool(hasEscapedDates), "date_offset": JSON(dateOffset),
            "client_check": .bool(needsClient), "logon_page": .bool(hasLogonPage),
            "down": .bool(isDown), "sessions_max": number(sessionsMax),
            "missing_key_status": JSON(missingKeyStatus), "error_form": .string(errorForm),
            "message": message.map { .string($0) } ?? .null,
            "locked": .array(locked.sorted().map { .string($0) }),
            "media_without_length": .bool(isMediaWithoutLength),
        ]
    }
}
