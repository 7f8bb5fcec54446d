import HTTPServer

/// A request to the ERP side, taken apart.
struct ERPRequest: Sendable {
    let http: HTTPRequest
    let origin: String
    let requestID: String
    let now: Timestamp
    let twist: PageTwist?
    let service: ERPService
    let options: [(name: String, value: String)]
    /// Two letters, upper case: texts and messages are in it.
    let language: String
    /// Segments behind the service's root, still encoded.
    let segments: [Substring]

    init(
        _ http: HTTPRequest, _ visit: Visit, service: ERPService, segments: [Substring],
        twist: PageTwist?
    ) {
        (self.http, self.origin, self.requestID) = (http, visit.origin, visit.requestID)
        (self.now, self.twist, self.service) = (visit.now, twist, service)
        (self.options, self.segments) = (http.queryItems(), segments)
        let wanted =
            http.queryItem("sap-language")
            ?? http.header("accept-language").map {
                String($0.prefix(2))
            }
        let letters = (wanted ?? "").uppercased()
        // It goes into headers: nothing but letters may.
        let isLanguage = letters.wholeMatch(of: /[A-Z]{2}/) != nil
        language = isLanguage ? letters : "EN"
    }

    func option(_ name: String) -> String? { options.first { $0.name == name }?.value }

    var serviceURL: String { origin + service.root }

    /// Preferences of the client, their names in lower case.
    var preferences: [String] {
        http.headers.filter { $0.name.lowercased() == "prefer" }
            .flatMap { $0.value.split(separator: ",") }
            .map { $0.filter { !$0.isWhitespace }.lowercased() }
    }

    var tracksChanges: Bool {
        preferences.contains("odata.track-changes") || preferences.contains("track-changes")
    }

    var pageSizeMax: Int? {
        preferences.lazy.filter {
            $0.hasPrefix("odata.maxpagesize=") || $0.hasPrefix("maxpagesize=")
        }
        .compactMap { Int($0.split(separator: "=").last ?? "") }.first { $0 > 0 }
    }

    /// The query without the options that a link sets anew, as it was sent.
    ///
    /// What a client adds to every link, such as `sap-client`, is kept once.
    func keptQuery(without names: [String]) -> [String] {
        var kept: [String] = []
        for option in (http.query ?? "").split(separator: "&").map(String.init) {
            let name = ERPAddress.decoded(option.prefix { $0 != "=" })
            if !names.contains(name), !kept.contains(option) { kept.append(option) }
        }
        return kept
    }

    /// - Returns: Whether JSON is to be written, Atom otherwise.
    /// - Throws: ``ERPError`` 406 where neither is wanted.
    func wantsJSON() throws(ERPError) -> Bool {
        switch option("$format")?.split(separator: ";").first {
        case "json"?: return true
        case "xml"?, "atom"?: return false
        case nil: break
        default: throw .notAcceptable
        }
        let accept = (http.header("accept") ?? "*/*").lowercased()
        for range in accept.split(separator: ",") {
            let type = range.split(separator: ";").first?.filter { !$0.isWhitespace } ?? ""
            if type == "application/json" { return true }
            if ["application/atom+xml", "application/xml", "text/xml", "*/*", "application/*"]
                .contains(type)
            {
                return false
            }
        }
        throw .notAcceptable
    }

    /// The form that an error takes where nothing forces another.
    var errorForm: ERPError.Form {
        if service.isV4 { return .v4 }
        return ((try? wantsJSON()) ?? false) ? .json : .xml
    }

    var isIEEE754Compatible: Bool {
        (http.header("accept") ?? "").lowercased().filter { !$0.isWhitespace }
            .contains("ieee754compatible=true")
    }
}
