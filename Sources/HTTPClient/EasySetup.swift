import CCurl

/// Sets an easy handle up for one request; stops at the first option that libcurl refuses.
func configure(
    _ handle: UnsafeMutableRawPointer, _ request: PreparedRequest,
    headers: UnsafeMutablePointer<curl_slist>?, reason: UnsafeMutablePointer<CChar>,
    share: Share, waited: Duration
) -> CURLcode {
    let options = request.options
    let total = max(.milliseconds(1), options.totalTimeout - waited)
    let longs: [(CURLoption, Int)] = [
        (CURLOPT_NOSIGNAL, 1),
        (CURLOPT_FOLLOWLOCATION, 0),
        (CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
        (CURLOPT_NETRC, 0),
        (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
        (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
        (CURLOPT_SSL_VERIFYPEER, 1),
        (CURLOPT_SSL_VERIFYHOST, 2),
        (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
        // A name that is being resolved does not hold up the other transfers.
        (CURLOPT_QUICK_EXIT, 1),
        (CURLOPT_BUFFERSIZE, Limits.readBufferBytes),
        (CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connectTimeout)),
        (CURLOPT_TIMEOUT_MS, milliseconds(total)),
        (CURLOPT_LOW_SPEED_LIMIT, 1),
        (CURLOPT_LOW_SPEED_TIME, (milliseconds(options.idleTimeout) + 999) / 1000),
    ]
    // An empty proxy is none, the environment's neither; an empty `NOPROXY` likewise.
    let texts: [(CURLoption, String?)] = [
        (CURLOPT_URL, request.address.url),
        (CURLOPT_PROTOCOLS_STR, "http,https"),
        (CURLOPT_REDIR_PROTOCOLS_STR, "http,https"),
        (CURLOPT_PROXY, options.proxy ?? ""),
        (CURLOPT_NOPROXY, ""),
        (CURLOPT_ACCEPT_ENCODING, "gzip, br"),
        (CURLOPT_USERAGENT, options.userAgent),
        (CURLOPT_CAINFO, options.caFile),
        (CURLOPT_PROXY_CAINFO, options.caFile),
        (CURLOPT_SSLCERT, options.clientCertificate),
        (CURLOPT_SSLKEY, options.clientKey),
    ]
    for (option, value) in longs {
        let code = docket_curl_set_long(handle, option, value)
        guard code == CURLE_OK else { return code }
    }
    for case (let option, let value?) in texts {
        let code = docket_curl_set_text(handle, option, value)
        guard code == CURLE_OK else { return code }
    }
    docket_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, reason)
    share.join(handle)
    let code = docket_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
    return code == CURLE_OK ? configureMethod(handle, request) : code
}

private func configureMethod(
    _ handle: UnsafeMutableRawPointer, _ request: PreparedRequest
) -> CURLcode {
    if let body = request.body {
        let code = body.withUnsafeBytes {
            docket_curl_set_body(handle, $0.baseAddress, $0.count)
        }
        guard code == CURLE_OK, request.method != "POST" else { return code }
        return docket_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
    }
    switch request.method {
    case "GET":
        return docket_curl_set_long(handle, CURLOPT_HTTPGET, 1)
    case "HEAD":
        return docket_curl_set_long(handle, CURLOPT_NOBODY, 1)
    case "POST":
        // Without a body libcurl would ask its read function for one.
        return docket_curl_set_body(handle, nil, 0)
    default:
        return docket_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
    }
}

func milliseconds(_ duration: Duration) -> Int {
    let bounded = min(max(duration, .milliseconds(1)), Limits.timeoutMax)
    return Int(bounded / .milliseconds(1))
}
