import HTTPServer

/// A request to the drives, taken apart.
struct DriveRequest: Sendable {
    /// Scheme, host and port of every link that is given out.
    let origin: String
    /// The same of the host that gives out content.
    let contentOrigin: String
    let rawPath: String
    let rawQuery: String?
    let options: [(name: String, value: String)]
    let pageSizeMax: Int?
    let now: Timestamp
    /// How a page goes wrong, if it is to.
    let twist: PageTwist?
    /// `If-None-Match`, as sent.
    let knownTag: String?
    private let preferences: Set<String>
    let excludesParents: Bool
    /// Until when a content link given out now is good.
    let contentUntil: Timestamp

    init(
        _ request: HTTPRequest, _ visit: Visit, twist: PageTwist?, contentOrigin: String,
        contentLifetime: Int
    ) {
        (origin, self.contentOrigin) = (visit.origin, contentOrigin)
        (rawPath, rawQuery, options) = (request.path, request.query, request.queryItems())
        (now, self.twist) = (visit.now, twist)
        contentUntil = visit.now.advanced(by: Int64(contentLifetime))
        knownTag = request.header("if-none-match")
        let preferences = request.headers.filter { $0.name.lowercased() == "prefer" }
            .flatMap { $0.value.split(separator: ",") }
            .map { $0.filter { !$0.isWhitespace && $0 != "\"" }.lowercased() }
        self.preferences = Set(preferences)
        pageSizeMax =
            preferences.lazy
            .filter { $0.hasPrefix("odata.maxpagesize=") }
            .compactMap { Int($0.dropFirst("odata.maxpagesize=".count)) }.first
        excludesParents =
            request.header("deltaexcludeparent") != nil
            || self.preferences.contains("deltaexcludeparent")
    }

    /// Whether `shared` is to stand only where sharing changes.
    var wantsHierarchicalSharing: Bool { preferences.contains("hierarchicalsharing") }

    /// Whether changes of permissions are to be told; the vendor wants all three words.
    var wantsSharingChanges: Bool {
        preferences.isSuperset(of: [
            "deltashowsharingchanges", "deltashowremovedasdeleted", "deltatraversepermissiongaps",
        ])
    }

    /// The value of an option, with or without `$`, its name in any case.
    func option(_ name: String) -> String? {
        options.first { option in
            let given = option.name.lowercased()
            return given == name || given == "$" + name
        }?.value
    }

    /// - Throws: ``GraphError`` 400 where `$top` is not a whole number within the range.
    func top(in range: ClosedRange<Int>) throws(GraphError) -> Int? {
        guard let text = option("top") else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .driveRequest("Invalid value '\(text)' for $top query option found.")
        }
        return number
    }

    /// The names of `$select`; nil without it.
    var selection: [String]? {
        guard let text = option("select"), !text.isEmpty else { return nil }
        return text.split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() }
    }

    /// The token of a feed's link as it was sent, still encoded; nil where there is none.
    var feedToken: Substring? {
        if let start = rawPath.firstRange(of: "(token='"), rawPath.hasSuffix("')") {
            return rawPath[start.upperBound...].dropLast(2)
        }
        guard let query = rawQuery, let start = query.firstRange(of: "token=") else { return nil }
        guard start.lowerBound == query.startIndex else {
            return query.split(separator: "&").first { $0.hasPrefix("token=") }?
                .dropFirst("token=".count)
        }
        return query[start.upperBound...]
    }
}

extension GraphError {
    static func driveRequest(_ message: String) -> GraphError {
        GraphError(status: 400, code: "invalidRequest", message: message)
    }

    static let noDriveItem = GraphError(
        status: 404, code: "itemNotFound", message: "The resource could not be found.")

    static let driveDenied = GraphError(
        status: 403, code: "accessDenied",
        message: "The caller does not have permission to perform the action.")
}
