/// A statement and its parameters.
///
/// Interpolated values become `$1`, `$2`, … and never text, so a query reads as written and
/// cannot be injected into.
package struct SQL: ExpressibleByStringInterpolation, Equatable, Sendable {
    package private(set) var text: String
    package private(set) var binds: [Bind]

    package init(stringLiteral text: String) {
        self.text = text
        self.binds = []
    }

    package init(stringInterpolation parts: StringInterpolation) {
        self.text = parts.text
        self.binds = parts.binds
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var binds: [Bind] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            binds.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: (some Bindable)?) {
            append(value?.bind ?? .null)
        }

        /// One value of type `bytea`.
        package mutating func appendInterpolation(bytes value: [UInt8]?) {
            append(value.map { .binary($0, type: [UInt8].elementType) } ?? .null)
        }

        /// An array; `nil` elements are NULL.
        package mutating func appendInterpolation<Element: ArrayElement>(_ values: [Element]) {
            append(.binary(binaryArray(values), type: Element.arrayType))
        }

        private mutating func append(_ bind: Bind) {
            binds.append(bind)
            text += "$\(binds.count)"
        }
    }
}

private func binaryArray<Element: ArrayElement>(_ values: [Element]) -> [UInt8] {
    var bytes: [UInt8] = []
    appendBinaryArray(values, to: &bytes)
    return bytes
}

/// The binary form of a one-dimensional array.
///
/// Five 32-bit numbers (dimensions, whether there are NULLs, the element's OID, count, lower
/// bound), then each element behind its length, -1 for NULL; all big-endian.
/// Source: PostgreSQL, src/backend/utils/adt/arrayfuncs.c, array_recv.
func appendBinaryArray<Element: ArrayElement>(_ values: [Element], to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int32(values.isEmpty ? 0 : 1))
    bytes.append(bigEndian: Int32(1))
    bytes.append(bigEndian: Element.elementType)
    guard !values.isEmpty else { return }
    bytes.append(bigEndian: Int32(clamping: values.count))
    bytes.append(bigEndian: Int32(1))
    for value in values { appendWithLength(to: &bytes) { value.append(to: &$0) } }
}

/// What `write` appends, behind its length in 32 bits; -1 for NULL, where it says false.
func appendWithLength(to bytes: inout [UInt8], _ write: (inout [UInt8]) -> Bool) {
    let start = bytes.count
    bytes.append(bigEndian: Int32(-1))
    guard write(&bytes) else { return }
    let length = UInt32(bitPattern: Int32(clamping: bytes.count - start - 4))
    for offset in 0..<4 {
        bytes[start + offset] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * offset))
    }
}
