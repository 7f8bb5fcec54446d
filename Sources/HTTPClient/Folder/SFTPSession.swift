import CCurl

/// One connection to an SFTP server, by libcurl and libssh2; used by one thread at a time.
struct SFTPSession: ~Copyable {
    private let handle: UnsafeMutableRawPointer
    private let login: SFTPLogin
    private let host: String
    private let port: Int

    init?(_ login: SFTPLogin, host: String, port: Int) {
        guard isCurlReady, let handle = curl_easy_init() else { return nil }
        (self.handle, self.login, self.host, self.port) = (handle, login, host, port)
    }

    deinit { curl_easy_cleanup(handle) }

    /// The content of a file, or the listing of a folder, whose URL ends with a slash.
    ///
    /// `isListing` asks for names alone. A connection that broke while nobody used it is made
    /// anew.
    mutating func fetch(
        _ url: String, isListing: Bool, bytesMax: Int, _ cancellation: Cancellation
    ) throws(FolderError) -> [UInt8] {
        do throws(FolderError) {
            return try attempt(url, isListing, bytesMax, cancellation)
        } catch {
            guard case .other = error, wasKept else { throw error }
            return try attempt(url, isListing, bytesMax, cancellation, isFresh: true)
        }
    }

    /// Whether the last attempt used a connection of an earlier one.
    private var wasKept: Bool {
        var count = 0
        docket_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &count)
        return count == 0
    }

    private func attempt(
        _ url: String, _ isListing: Bool, _ bytesMax: Int, _ cancellation: Cancellation,
        isFresh: Bool = false
    ) throws(FolderError) -> [UInt8] {
        guard !cancellation.isCancelled else { throw .cancelled }
        let receiver = Receiver(bytesMax: bytesMax, cancellation: cancellation)
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer {
            docket_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
            words.deallocate()
        }
        let code = withExtendedLifetime(receiver) {
            let context = Unmanaged.passUnretained(receiver).toOpaque()
            // Keeps the connection.
            curl_easy_reset(handle)
            docket_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words)
            let code = configure(url, isListing: isListing, isFresh: isFresh, context)
            return code == CURLE_OK ? curl_easy_perform(handle) : code
        }
        guard code != CURLE_OK else { return receiver.content }
        if receiver.isTooLarge { throw .tooLarge(bytesMax: bytesMax, place: url) }
        let said = String(cString: words)
        throw failure(code, said.isEmpty ? String(cString: curl_easy_strerror(code)) : said, url)
    }

    private func configure(
        _ url: String, isListing: Bool, isFresh: Bool, _ context: UnsafeMutableRawPointer
    ) -> CURLcode {
        var longs: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
            (CURLOPT_NETRC, 0),
            (CURLOPT_DIRLISTONLY, isListing ? 1 : 0),
            (CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0),
            (CURLOPT_CONNECTTIMEOUT_MS, milliseconds(Limits.folderConnectTimeout)),
            (CURLOPT_TIMEOUT_MS, milliseconds(Limits.folderTotalTimeout)),
            (CURLOPT_LOW_SPEED_LIMIT, 1),
            (CURLOPT_LOW_SPEED_TIME, milliseconds(Limits.folderIdleTimeout) / 1000),
        ]
        // An empty proxy is none, the environment's neither.
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, url), (CURLOPT_PROTOCOLS_STR, "sftp"), (CURLOPT_PROXY, ""),
            (CURLOPT_USERNAME, login.user), (CURLOPT_SSH_KNOWNHOSTS, login.knownHosts),
        ]
        switch login.proof {
        case .password(let password):
            longs.append((CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PASSWORD)))
            texts.append((CURLOPT_PASSWORD, password))
        case .keyFile(let path):
            longs.append((CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PUBLICKEY)))
            // The public key is computed from the private one where its file has no name.
            texts += [(CURLOPT_SSH_PRIVATE_KEYFILE, path), (CURLOPT_SSH_PUBLIC_KEYFILE, "")]
        }
        for (option, value) in longs {
            let code = docket_curl_set_long(handle, option, value)
            guard code == CURLE_OK else { return code }
        }
        for (option, value) in texts {
            let code = docket_curl_set_text(handle, option, value)
            guard code == CURLE_OK else { return code }
        }
        let code = docket_curl_set_progress(handle, onProgress, context)
        guard code == CURLE_OK else { return code }
        return docket_curl_set_sinks(handle, onNothing, onContent, context)
    }

    private func failure(_ code: CURLcode, _ said: String, _ url: String) -> FolderError {
        let reason = tidy(said)
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: return .cancelled
        case CURLE_PEER_FAILED_VERIFICATION:
            return .unknownHost(host: host, port: port, reason: reason)
        case CURLE_LOGIN_DENIED:
            return .signIn(host: host, user: login.user, reason: reason)
        case CURLE_REMOTE_FILE_NOT_FOUND: return .missing(place: url)
        case CURLE_REMOTE_ACCESS_DENIED: return .forbidden(place: url, reason: reason)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_FAILED_INIT:
            return .unreachable(host: host, port: port, reason: reason)
        case CURLE_OPERATION_TIMEDOUT:
            var microseconds: curl_off_t = 0
            docket_curl_get_off(handle, CURLINFO_TOTAL_TIME_T, &microseconds)
            return .timedOut(after: .milliseconds(microseconds / 1000), place: url)
        default: return .other(place: url, reason: "\(reason) (libcurl code \(code.rawValue))")
        }
    }
}

/// Takes what comes, up to a limit.
private final class Receiver {
    private let bytesMax: Int
    private let cancellation: Cancellation
    private(set) var content: [UInt8] = []
    private(set) var isTooLarge = false

    init(bytesMax: Int, cancellation: Cancellation) {
        (self.bytesMax, self.cancellation) = (bytesMax, cancellation)
    }

    var isCancelled: Bool { cancellation.isCancelled }

    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= bytesMax - content.count else {
            isTooLarge = true
            return 0
        }
        content.append(contentsOf: bytes)
        return bytes.count
    }
}

private func onContent(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    return Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
        .take(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private func onNothing(
    _: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _: UnsafeMutableRawPointer?
) -> Int {
    size * count
}

private func onProgress(
    _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
    guard let context else { return 1 }
    return Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue().isCancelled ? 1 : 0
}
