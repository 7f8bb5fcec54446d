/// How links read on the wire: relative, absolute, or under another host's name.
struct ERPLinks: Sendable {
    let serviceURL: String
    /// What goes before a link relative to the service's root; nil leaves it relative.
    private let prefix: String?

    init(_ request: ERPRequest, _ switches: ERPSwitches) {
        serviceURL = request.serviceURL
        let root = request.service.root
        if case .foreignLink(let origin)? = request.twist {
            prefix = origin + root
        } else if switches.links == "relative" {
            prefix = nil
        } else if switches.links == "absolute" {
            // Version 4 gives links relative to the service, whatever the other does.
            prefix = request.service.isV4 ? nil : request.serviceURL
        } else {
            prefix = switches.links + root
        }
    }

    func next(_ path: String) -> String { (prefix ?? "") + path }
}
