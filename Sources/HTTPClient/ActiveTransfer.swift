import CCurl

/// One transfer within libcurl; lives on the client's thread alone.
final class ActiveTransfer {
    enum Ending {
        case done(CURLcode)
        case failed(HTTPClientError)
    }

    let transfer: Transfer
    let handle: UnsafeMutableRawPointer
    private let sink: Sink
    private let share: Share
    private let waited: Duration
    private let headerList: UnsafeMutablePointer<curl_slist>?
    /// libcurl's words about a failure.
    private let reason: UnsafeMutablePointer<CChar>

    private var headers = HTTPHeaders()
    private var headerByteCount = 0
    private var isHeadComplete = false
    private var body: [UInt8] = []
    private var decodedByteCount = 0
    /// Why a callback told libcurl to stop.
    private var refusal: HTTPClientError?

    /// Makes the easy handle, and sets it up.
    ///
    /// `waited` is what waiting for a turn has used up of the total timeout.
    init?(
        _ transfer: Transfer, _ sink: Sink, share: Share, waited: Duration
    ) {
        guard let handle = curl_easy_init() else { return nil }
        (self.transfer, self.sink, self.handle) = (transfer, sink, handle)
        (self.share, self.waited) = (share, waited)
        reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        var list: UnsafeMutablePointer<curl_slist>?
        for line in transfer.request.headerLines {
            guard let longer = curl_slist_append(list, line) else { continue }
            list = longer
        }
        headerList = list
        let code = configure(
            handle, transfer.request, headers: list, reason: reason, share: share, waited: waited)
        guard code == CURLE_OK,
            docket_curl_set_sinks(
                handle, onHead, onBody, Unmanaged.passUnretained(self).toOpaque()) == CURLE_OK
        else { return nil }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        reason.deallocate()
    }

    func finish(_ ending: Ending) {
        if headers["Set-Cookie"] != nil { share.boundCookies(through: handle) }
        switch ending {
        case .failed(let error): sink.fail(error)
        // To libcurl, an answer that ends within its head is one without a body.
        case .done(CURLE_OK) where refusal == nil && !isHeadComplete:
            sink.fail(.truncated(url: transfer.request.address.place))
        case .done(CURLE_OK) where refusal == nil: succeed()
        case .done(let code): sink.fail(refusal ?? failure(code))
        }
    }

    private func succeed() {
        switch sink {
        case .whole(let continuation):
            continuation.resume(
                returning: .success(
                    HTTPResponse(
                        status: status, headers: headers, body: body,
                        url: transfer.request.address.url)))
        case .stream(let buffer): buffer.end(nil)
        }
    }

    private var status: Int {
        var status = 0
        docket_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    private func failure(_ code: CURLcode) -> HTTPClientError {
        curlFailure(
            code, reason: String(cString: reason), handle: handle, request: transfer.request,
            waited: waited)
    }

    /// Takes one line of a head: a status line, a field, or the empty line at its end.
    fileprivate func receiveHead(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let options = transfer.request.options
        headerByteCount += bytes.count
        guard headerByteCount <= options.headerBytesMax else {
            refusal = .headersTooLarge(
                bytesMax: options.headerBytesMax, url: transfer.request.address.place)
            return false
        }
        let line = Substring(String(decoding: bytes, as: UTF8.self)).trimmingLineEnd()
        if line.hasPrefix("HTTP/") {
            // An interim answer's fields are not the answer's.
            (headers, isHeadComplete) = (HTTPHeaders(), false)
        } else if isHeadComplete {
            // A trailer.
        } else if line.isEmpty {
            return status < 200 || completeHead()
        } else if line.first == " " || line.first == "\t" {
            headers.unfold(line.trimmingSpaces())
        } else if let colon = line.firstIndex(of: ":") {
            headers.append(
                HTTPHeaders.Field(
                    name: String(line[..<colon]),
                    value: line[line.index(after: colon)...].trimmingSpaces()))
        }
        return true
    }

    /// Takes a piece of the decoded body.
    fileprivate func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        let (options, place) = (transfer.request.options, transfer.request.address.place)
        guard bytes.count <= options.responseBytesMax - decodedByteCount else {
            refusal = .bodyTooLarge(bytesMax: options.responseBytesMax, url: place)
            return 0
        }
        let count = decodedByteCount + bytes.count
        guard count <= Limits.expansionFreeBytes || count / Limits.expansionMax <= wireByteCount
        else {
            refusal = .decompressionBomb(bytesRead: count, url: place)
            return 0
        }
        switch sink {
        case .whole: body.append(contentsOf: bytes)
        case .stream(let buffer):
            guard buffer.offer(bytes) else { return Int(CURL_WRITEFUNC_PAUSE) }
        }
        decodedByteCount = count
        return bytes.count
    }

    /// Bytes of the body before decompression, what libcurl has not yet counted included.
    private var wireByteCount: Int {
        var count: curl_off_t = 0
        docket_curl_get_off(handle, CURLINFO_SIZE_DOWNLOAD_T, &count)
        return Int(clamping: count) + Limits.readBufferBytes
    }

    /// Looks at the final answer's head as a whole.
    private func completeHead() -> Bool {
        isHeadComplete = true
        let lengths = Set(headers.all("content-length"))
        let length = lengths.first.flatMap { Int($0) }
        // libcurl reads a body of a length it does not understand up to the connection's end, so
        // that a part would pass for the whole.
        guard lengths.isEmpty || lengths.count == 1 && length.map({ $0 >= 0 }) == true else {
            refusal = .badResponse(
                url: transfer.request.address.place, reason: "Content-Length is not one number")
            return false
        }
        switch sink {
        case .whole:
            body.reserveCapacity(
                min(
                    length ?? 0, transfer.request.options.responseBytesMax,
                    Limits.reservedBytesMax))
        case .stream(let buffer):
            buffer.begin(StreamBuffer.Head(status: status, headers: headers))
        }
        return true
    }
}

private func onHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<ActiveTransfer>.fromOpaque(context).takeUnretainedValue()
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.receiveHead(buffer) ? buffer.count : 0
}

private func onBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    return Unmanaged<ActiveTransfer>.fromOpaque(context).takeUnretainedValue()
        .receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

extension Substring {
    fileprivate func trimmingLineEnd() -> Substring {
        var text = self
        while let last = text.last, last.isNewline { text.removeLast() }
        return text
    }

    fileprivate func trimmingSpaces() -> String {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
