import HTTPServer

/// Answers for content, or for a part of it (RFC 9110 §14).
enum ContentRange {
    static func response(_ file: DriveFile, tag: String, range: String?) -> HTTPResponse {
        let count = file.bytes.count
        let headers = [
            ("Content-Type", file.mimeType), ("ETag", tag), ("Accept-Ranges", "bytes"),
        ]
        guard let range, range.hasPrefix("bytes=") else {
            return HTTPResponse(status: 200, headers: headers, body: file.bytes)
        }
        guard let wanted = bounds(range.dropFirst("bytes=".count), count) else {
            return HTTPResponse(status: 416, headers: [("Content-Range", "bytes */\(count)")])
        }
        let place = "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/\(count)"
        return HTTPResponse(
            status: 206, headers: headers + [("Content-Range", place)],
            body: Array(file.bytes[wanted]))
    }

    /// What `0-99`, `100-` or `-100` mean; nil for anything else, and beyond the end.
    private static func bounds(_ text: Substring, _ count: Int) -> Range<Int>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[0].isEmpty {
            guard let length = Int(parts[1]), length > 0, count > 0 else { return nil }
            return max(0, count - min(length, count))..<count
        }
        guard let start = Int(parts[0]), (0..<count).contains(start) else { return nil }
        if parts[1].isEmpty { return start..<count }
        guard let last = Int(parts[1]), last >= start else { return nil }
        return start..<min(last, count - 1) + 1
    }
}
