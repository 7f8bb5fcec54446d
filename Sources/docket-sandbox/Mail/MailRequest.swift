import HTTPServer

/// A request to the mail side, taken apart.
struct MailRequest: Sendable {
    /// Scheme, host and port of every link that is given out.
    let origin: String
    let method: String
    /// Still encoded, as sent.
    let rawPath: String
    let rawQuery: String?
    let options: [(name: String, value: String)]
    let body: [UInt8]
    let isImmutable: Bool
    let pageSizeMax: Int?
    let prefersText: Bool
    let requestID: String
    let clientRequestID: String?
    let now: Timestamp
    /// How a page goes wrong, if it is to.
    let twist: PageTwist?

    init(
        _ request: HTTPRequest, origin: String, requestID: String, now: Timestamp,
        twist: PageTwist? = nil
    ) {
        (self.origin, self.method) = (origin, request.method)
        (self.rawPath, self.rawQuery) = (request.path, request.query)
        (self.options, self.body) = (request.queryItems(), request.body)
        (self.requestID, self.now, self.twist) = (requestID, now, twist)
        self.clientRequestID = request.header("client-request-id")
        let preferences = request.headers.filter { $0.name.lowercased() == "prefer" }
            .flatMap { $0.value.split(separator: ",") }
            .map { $0.filter { !$0.isWhitespace && $0 != "\"" }.lowercased() }
        isImmutable = preferences.contains("idtype=immutableid")
        prefersText = preferences.contains("outlook.body-content-type=text")
        pageSizeMax =
            preferences.lazy
            .filter { $0.hasPrefix("odata.maxpagesize=") }
            .compactMap { Int($0.dropFirst("odata.maxpagesize=".count)) }.first
    }

    /// The value of an option, with or without `$`, its name in any case.
    func option(_ name: String) -> String? {
        options.first { option in
            let given = option.name.lowercased()
            return given == name.lowercased() || given == "$" + name.lowercased()
        }?.value
    }

    /// - Returns: The option as a whole number within the range, nil without the option.
    /// - Throws: ``GraphError`` 400 for anything else.
    func number(_ name: String, in range: ClosedRange<Int>) throws(GraphError) -> Int? {
        guard let text = option(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .badRequest("Invalid value '\(text)' for $\(name) query option found.")
        }
        return number
    }
}
