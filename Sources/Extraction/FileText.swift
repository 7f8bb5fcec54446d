/// Text out of files that hold text: plain, HTML, and what is read like plain text.
package enum FileText {
    private static let plainTypes: Set<String> = [
        "text/plain", "text/markdown", "text/csv", "text/tab-separated-values",
        "application/json", "text/x-log", "text/yaml",
    ]
    private static let typesByEnding = [
        "txt": "text/plain", "text": "text/plain", "md": "text/markdown", "csv": "text/csv",
        "tsv": "text/tab-separated-values", "json": "application/json", "log": "text/x-log",
        "htm": "text/html", "html": "text/html", "yaml": "text/yaml", "yml": "text/yaml",
    ]

    /// Whether ``read(_:mediaType:fileName:)`` knows what to do with such a file.
    package static func canRead(mediaType: String?, fileName: String?) -> Bool {
        type(mediaType, fileName) != nil
    }

    /// The text of a file.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, UTF-16 with a byte order mark, or else Latin-1.
    ///   - mediaType: What the source calls it; parameters are passed over.
    ///   - fileName: Tells by its ending where the source does not know.
    /// - Returns: Nil for what holds more than text.
    package static func read(
        _ bytes: [UInt8], mediaType: String?, fileName: String?
    ) -> ExtractedText? {
        guard let type = type(mediaType, fileName) else { return nil }
        let text = decoded(bytes)
        return type == "text/html" ? HTMLText.render(text) : PlainText.clean(text)
    }

    private static func type(_ mediaType: String?, _ fileName: String?) -> String? {
        let named = mediaType?.prefix { $0 != ";" }.lowercased().filter { $0 != " " } ?? ""
        if named == "text/html" || plainTypes.contains(named) { return named }
        // Endpoints that do not know say so in different ways.
        guard
            ["", "application/octet-stream", "application/octetstream", "text/x-unknown"]
                .contains(named)
        else { return nil }
        let ending = fileName?.split(separator: ".").last?.lowercased() ?? ""
        return typesByEnding[ending]
    }

    private static func decoded(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes) { $0 | $1 << 8 } }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes) { $0 << 8 | $1 } }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let text = String(validating: body, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) }))
    }

    private static func utf16(
        _ bytes: [UInt8], _ unit: (UInt16, UInt16) -> UInt16
    ) -> String {
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
            unit(UInt16(bytes[$0]), UInt16(bytes[$0 + 1]))
        }
        return String(decoding: units, as: UTF16.self)
    }
}
