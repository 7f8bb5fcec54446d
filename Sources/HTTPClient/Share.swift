import CCurl

/// What transfers remember together within libcurl: TLS sessions, and cookies where they are
/// kept.
///
/// Used on the client's thread alone, so that libcurl needs no lock.
final class Share {
    private let handle: UnsafeMutableRawPointer
    private let keepsCookies: Bool

    init?(keepsCookies: Bool) {
        guard let handle = curl_share_init() else { return nil }
        (self.handle, self.keepsCookies) = (handle, keepsCookies)
        docket_curl_share(handle, CURL_LOCK_DATA_SSL_SESSION)
        if keepsCookies { docket_curl_share(handle, CURL_LOCK_DATA_COOKIE) }
    }

    // No transfer uses it any more: each holds on to its share.
    deinit { curl_share_cleanup(handle) }

    /// Lets a transfer take part.
    func join(_ transfer: UnsafeMutableRawPointer) {
        docket_curl_set_pointer(transfer, CURLOPT_SHARE, handle)
        // No file, but libcurl's cookies are switched on by naming one.
        if keepsCookies { docket_curl_set_text(transfer, CURLOPT_COOKIEFILE, "") }
    }

    /// Forgets all cookies where a server has set too many; libcurl bounds those of one answer
    /// alone.
    func boundCookies(through transfer: UnsafeMutableRawPointer) {
        guard keepsCookies else { return }
        var list: UnsafeMutablePointer<curl_slist>?
        docket_curl_get_list(transfer, CURLINFO_COOKIELIST, &list)
        defer { curl_slist_free_all(list) }
        let count = sequence(first: list, next: { $0?.pointee.next }).prefix { $0 != nil }.count
        if count > Limits.cookiesMax { docket_curl_set_text(transfer, CURLOPT_COOKIELIST, "ALL") }
    }
}

/// The shares of one client: a single one, or one for each origin where cookies are kept.
///
/// Cookies know no ports, and a server may set some for hosts beside its own; those of different
/// shares never meet.
final class Shares {
    private let keepsCookies: Bool
    private var common: Share?
    private var byOrigin: [Origin: Share] = [:]
    /// The one asked for last comes last.
    private var order: [Origin] = []

    init(keepsCookies: Bool) { self.keepsCookies = keepsCookies }

    /// Nil where there is no memory for one.
    subscript(origin: Origin) -> Share? {
        guard keepsCookies else {
            if common == nil { common = Share(keepsCookies: false) }
            return common
        }
        order.removeAll { $0 == origin }
        order.append(origin)
        if order.count > Limits.cookieOriginsMax { byOrigin[order.removeFirst()] = nil }
        if byOrigin[origin] == nil { byOrigin[origin] = Share(keepsCookies: true) }
        return byOrigin[origin]
    }
}
