/// Values of a row in the binary form of `COPY`, one after the other.
///
/// Each is of the very type of its column, as nothing is converted.
/// Source: PostgreSQL, COPY, "Binary Format".
package struct CopyFields: Sendable {
    /// Each value behind its length.
    private(set) var bytes: [UInt8] = []

    package init() {}

    /// - Parameter byteCount: Room to make for what comes.
    package init(reserving byteCount: Int) { bytes.reserveCapacity(byteCount) }

    package mutating func append(_ value: some ArrayElement) {
        appendWithLength(to: &bytes) { value.append(to: &$0) }
    }

    package mutating func append(_ text: String?) {
        appendWithLength(to: &bytes) { bytes in
            guard let text else { return false }
            bytes.append(contentsOf: text.utf8)
            return true
        }
    }

    /// For a column of type `integer`.
    package mutating func append(int32 value: Int32) {
        appendWithLength(to: &bytes) { bytes in
            bytes.append(bigEndian: value)
            return true
        }
    }

    /// For a column of type `jsonb`.
    package mutating func append(jsonb text: String?) {
        appendWithLength(to: &bytes) { bytes in
            guard let text else { return false }
            // The version of the form; the server reads the text.
            bytes.append(1)
            bytes.append(contentsOf: text.utf8)
            return true
        }
    }

    /// For a column of an array type.
    package mutating func append<Element: ArrayElement>(array values: [Element]) {
        appendWithLength(to: &bytes) { bytes in
            appendBinaryArray(values, to: &bytes)
            return true
        }
    }

    /// Values made before.
    package mutating func append(_ fields: CopyFields) { bytes.append(contentsOf: fields.bytes) }

    mutating func append(raw part: [UInt8]) { bytes.append(contentsOf: part) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
