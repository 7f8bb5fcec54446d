import HTTPClient

/// Where an answer came from: what its links and addresses are relative to.
struct ODataPlace {
    let requestURL: String
    /// With a slash at its end.
    let serviceURL: String
    /// Records stand alone, and have to say which they are.
    let needsKeys: Bool

    init(requestURL: String, serviceURL: String, needsKeys: Bool = true) {
        (self.requestURL, self.needsKeys) = (requestURL, needsKeys)
        let root = serviceURL.prefix { $0 != "?" && $0 != "#" }
        self.serviceURL = root.hasSuffix("/") ? String(root) : root + "/"
    }

    /// The absolute address of a link.
    ///
    /// Services write relative links from their root, whatever was asked; a query alone belongs
    /// to what was asked. The base is what the answer says its links are relative to, itself
    /// perhaps relative.
    func absolute(_ link: String, base: String? = nil) throws(ODataError) -> String {
        do throws(HTTPClientError) {
            let request = try WebAddress(requestURL)
            if link.hasPrefix("?") { return try WebAddress(link, against: request).url }
            let root = try WebAddress(serviceURL, against: request)
            guard let base else { return try WebAddress(link, against: root).url }
            return try WebAddress(link, against: WebAddress(base, against: root)).url
        } catch {
            throw .badLink("\(error)")
        }
    }
}
