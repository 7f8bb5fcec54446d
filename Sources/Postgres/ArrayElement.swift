package import Foundation

/// A value that can stand in an array parameter.
///
/// Arrays travel in their binary form: no quoting, and hashes at half the size of hex.
package protocol ArrayElement {
    /// OIDs in `pg_type` of the element and of the array of it.
    static var elementType: UInt32 { get }
    static var arrayType: UInt32 { get }
    /// Appends the element's binary form.
    ///
    /// - Returns: False for NULL, with nothing appended.
    func append(to bytes: inout [UInt8]) -> Bool
}

extension ArrayElement {
    var elementBytes: [UInt8] {
        var bytes: [UInt8] = []
        _ = append(to: &bytes)
        return bytes
    }
}

extension [UInt8] {
    @inline(__always)
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}

extension String: ArrayElement {
    package static var elementType: UInt32 { 25 }
    package static var arrayType: UInt32 { 1009 }
    package func append(to bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: utf8)
        return true
    }
}

extension Int64: ArrayElement {
    package static var elementType: UInt32 { 20 }
    package static var arrayType: UInt32 { 1016 }
    package func append(to bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: self)
        return true
    }
}

extension Int: ArrayElement {
    package static var elementType: UInt32 { 20 }
    package static var arrayType: UInt32 { 1016 }
    package func append(to bytes: inout [UInt8]) -> Bool { Int64(self).append(to: &bytes) }
}

extension Double: ArrayElement {
    package static var elementType: UInt32 { 701 }
    package static var arrayType: UInt32 { 1022 }
    package func append(to bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: bitPattern)
        return true
    }
}

extension Bool: ArrayElement {
    package static var elementType: UInt32 { 16 }
    package static var arrayType: UInt32 { 1000 }
    package func append(to bytes: inout [UInt8]) -> Bool {
        bytes.append(self ? 1 : 0)
        return true
    }
}

extension UUID: ArrayElement {
    package static var elementType: UInt32 { 2950 }
    package static var arrayType: UInt32 { 2951 }
    package func append(to bytes: inout [UInt8]) -> Bool {
        Swift.withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
        return true
    }
}

extension Date: ArrayElement {
    package static var elementType: UInt32 { 1184 }
    package static var arrayType: UInt32 { 1185 }

    /// Microseconds since 2000-01-01 00:00 UTC.
    ///
    /// What does not fit 64 bits becomes a number that the server refuses with 22008: the
    /// largest one would mean infinity.
    package func append(to bytes: inout [UInt8]) -> Bool {
        let secondsTo2000 = 946_684_800.0
        let micros = ((timeIntervalSince1970 - secondsTo2000) * 1e6).rounded()
        bytes.append(bigEndian: Int64(exactly: micros) ?? Int64.max - 1)
        return true
    }
}

extension [UInt8]: ArrayElement {
    package static var elementType: UInt32 { 17 }
    package static var arrayType: UInt32 { 1001 }
    package func append(to bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: self)
        return true
    }
}

extension Optional: ArrayElement where Wrapped: ArrayElement {
    package static var elementType: UInt32 { Wrapped.elementType }
    package static var arrayType: UInt32 { Wrapped.arrayType }
    package func append(to bytes: inout [UInt8]) -> Bool { self?.append(to: &bytes) ?? false }
}
