import CPostgres

/// A connection string taken apart, with the deadlines it does not set itself filled in.
struct ConnectionParameters {
    private var values: [String: String] = [:]

    init(_ options: ConnectionOptions) throws(PostgresError) {
        // libpq quotes the string in its complaint, and with it perhaps the password.
        guard let parsed = PQconninfoParse(options.url, nil) else {
            throw .connectionString(
                reason: "not a connection string such as postgresql://user@host/database")
        }
        defer { PQconninfoFree(parsed) }
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        let silence = Int64(options.silenceDuration / .milliseconds(1))
        let defaults = [
            "connect_timeout": String(Int64(options.connectDuration / .seconds(1))),
            "application_name": options.applicationName,
            "keepalives": "1", "keepalives_idle": "10", "keepalives_interval": "5",
            "keepalives_count": "3", "tcp_user_timeout": String(silence),
            "target_session_attrs": "read-write",
        ]
        values.merge(defaults) { own, _ in own }
        values["client_encoding"] = "UTF8"
    }

    func connect() -> OpaquePointer? {
        let pairs = values.sorted { $0.key < $1.key }
        return withCStrings(pairs.map(\.key)) { keywords in
            withCStrings(pairs.map(\.value)) { PQconnectdbParams(keywords, $0, 0) }
        }
    }

    /// A message of libpq on one line, without the password should it quote it.
    func redacted(_ message: String) -> String {
        var text = message.split(separator: "\n").joined(separator: "; ")
        for secret in ["password", "sslpassword"].compactMap({ values[$0] }) where secret != "" {
            text = text.split(separator: secret, omittingEmptySubsequences: false)
                .joined(separator: "***")
        }
        return text
    }
}

/// Lends the strings as a NULL-terminated array of C strings.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let bytes = strings.flatMap { Array($0.utf8CString) }
    return bytes.withUnsafeBufferPointer { bytes in
        var pointers: [UnsafePointer<CChar>?] = []
        var offset = 0
        for string in strings {
            pointers.append(bytes.baseAddress.map { $0 + offset })
            offset += string.utf8.count + 1
        }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { pointers in
            guard let base = pointers.baseAddress else {
                preconditionFailure("an array with an element has an address")
            }
            return body(base)
        }
    }
}
