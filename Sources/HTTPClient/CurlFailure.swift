import CCurl

/// What one of libcurl's codes means for a request.
func curlFailure(
    _ code: CURLcode, reason words: String, handle: UnsafeMutableRawPointer,
    request: PreparedRequest, waited: Duration
) -> HTTPClientError {
    let (origin, place) = (request.address.origin, request.address.place)
    let reason = tidy(words.isEmpty ? String(cString: curl_easy_strerror(code)) : words)
    switch code {
    case CURLE_URL_MALFORMAT:
        return .badURL(reason: String(cString: curl_easy_strerror(code)))
    case CURLE_COULDNT_RESOLVE_HOST:
        return .cannotResolve(host: origin.host)
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
        return .proxy(reason: reason)
    case CURLE_COULDNT_CONNECT where request.options.proxy != nil:
        return .proxy(reason: reason)
    case CURLE_COULDNT_CONNECT:
        return .cannotConnect(host: origin.host, port: origin.port, reason: reason)
    case CURLE_OPERATION_TIMEDOUT:
        return timedOut(handle, request, waited)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
        CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_INVALIDCERTSTATUS,
        CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT:
        return .tls(host: origin.host, reason: reason)
    case CURLE_SSL_CONNECT_ERROR:
        return .handshake(host: origin.host, reason: reason)
    // With TLS 1.3 a server refuses the client's certificate only after the handshake.
    case CURLE_RECV_ERROR where reason.contains("alert"):
        return .tls(host: origin.host, reason: reason)
    case CURLE_RECV_ERROR where request.options.proxy != nil && reason.contains("CONNECT"):
        return .proxy(reason: reason)
    case CURLE_PARTIAL_FILE:
        return .truncated(url: place)
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2_STREAM,
        CURLE_HTTP2:
        return .connectionLost(url: place, reason: reason)
    // The URL's scheme was checked before: an answer without a status line is meant.
    case CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
        return .badResponse(url: place, reason: reason)
    default:
        return .other(code: Int(code.rawValue), url: place, reason: reason)
    }
}

private func timedOut(
    _ handle: UnsafeMutableRawPointer, _ request: PreparedRequest, _ waited: Duration
) -> HTTPClientError {
    let (options, place) = (request.options, request.address.place)
    var untilSending: curl_off_t = 0
    var elapsed: curl_off_t = 0
    docket_curl_get_off(handle, CURLINFO_PRETRANSFER_TIME_T, &untilSending)
    docket_curl_get_off(handle, CURLINFO_TOTAL_TIME_T, &elapsed)
    // libcurl counts in milliseconds.
    if .microseconds(elapsed) + waited + .milliseconds(1) >= options.totalTimeout {
        return .timedOut(.total, after: options.totalTimeout, url: place)
    }
    if untilSending == 0 {
        return .timedOut(.connect, after: options.connectTimeout, url: place)
    }
    return .timedOut(.idle, after: options.idleTimeout, url: place)
}

/// One line of bounded length.
func tidy(_ text: String) -> String {
    let line = text.map { $0.isNewline ? " " : $0 }
    return String(line.prefix(Limits.reasonBytesMax))
}
