import CXML

/// An attribute of a start tag: where its name and its value stand.
struct QuickHTMLAttribute {
    private let name: Range<Int>
    /// Nil where there is none.
    private let value: Range<Int>?

    /// Reads the attributes of a start tag.
    ///
    /// - Parameters:
    ///   - bytes: The whole text.
    ///   - start: Index behind the element's name.
    ///   - attributes: Gets them.
    /// - Returns: The index behind the tag and whether it ends with `/>`; nil where something is
    ///   not written as it should be.
    static func scan(
        _ bytes: [UInt8], from start: Int, into attributes: inout [QuickHTMLAttribute]
    ) -> (index: Int, isClosed: Bool)? {
        var index = start
        while true {
            let blanks = index
            while index < bytes.count, bytes[index].isBlank { index += 1 }
            guard index < bytes.count else { return nil }
            if bytes[index] == UInt8(ascii: ">") { return (index + 1, false) }
            if bytes[index] == UInt8(ascii: "/") {
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ">") else {
                    return nil
                }
                return (index + 2, true)
            }
            let name = index
            while index < bytes.count, bytes[index].isNamePart { index += 1 }
            // libxml2 reads names of at most 100 bytes.
            guard index > name, index - name < 100, blanks < name, bytes[name].isLetter else {
                return nil
            }
            let end = index
            var value: Range<Int>?
            if index < bytes.count, bytes[index] == UInt8(ascii: "=") {
                guard let found = self.value(bytes, from: index + 1) else { return nil }
                (value, index) = (found.range, found.end)
            }
            attributes.append(QuickHTMLAttribute(name: name..<end, value: value))
        }
    }

    /// - Returns: Where the value stands, and the index behind it and its quotes.
    private static func value(
        _ bytes: [UInt8], from start: Int
    ) -> (range: Range<Int>, end: Int)? {
        guard start < bytes.count else { return nil }
        let quote = bytes[start]
        var index = start
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            while index < bytes.count, bytes[index].isPlainValuePart { index += 1 }
            return index > start ? (start..<index, index) : nil
        }
        index += 1
        while index < bytes.count, bytes[index] != quote {
            if bytes[index] == UInt8(ascii: "&") {
                guard let found = reference(bytes, at: index) else { return nil }
                index = found.end
            } else {
                guard bytes[index] >= 0x20, bytes[index] < 0x7F else { return nil }
                index += 1
            }
        }
        return index < bytes.count ? ((start + 1)..<index, index + 1) : nil
    }

    /// A reference such as `&amp;` or `&#39;`.
    ///
    /// - Returns: What it stands for, and the index behind it; nil where it is not written as it
    ///   should be, or stands for nothing.
    static func reference(_ bytes: [UInt8], at start: Int) -> (Unicode.Scalar, end: Int)? {
        var index = start + 1
        let isNumber = index < bytes.count && bytes[index] == UInt8(ascii: "#")
        if isNumber { index += 1 }
        let first = index
        while index < bytes.count, index - first < 10, bytes[index].isNameCharacter { index += 1 }
        guard index > first, index < bytes.count, bytes[index] == UInt8(ascii: ";") else {
            return nil
        }
        let name = bytes[first..<index]
        if isNumber {
            guard let value = UInt32(String(decoding: name, as: UTF8.self)), value >= 0x20,
                value < 0xFFFE, let scalar = Unicode.Scalar(value)
            else { return nil }
            return (scalar, index + 1)
        }
        guard bytes[first].isLetter else { return nil }
        let text = Array(name) + [0]
        let entity = text.withUnsafeBufferPointer { htmlEntityLookup($0.baseAddress) }
        guard let entity, let scalar = Unicode.Scalar(entity.pointee.value), scalar.value > 0
        else { return nil }
        return (scalar, index + 1)
    }

    func has(_ text: StaticString, in bytes: [UInt8]) -> Bool {
        guard name.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<name.count {
            let byte = bytes[name.lowerBound + offset]
            let isCapital = byte &- UInt8(ascii: "A") < 26
            if (isCapital ? byte | 0x20 : byte) != text.utf8Start[offset] { return false }
        }
        return true
    }

    /// Its references resolved; empty where there is none.
    func value(in bytes: [UInt8]) -> String {
        guard let value else { return "" }
        guard bytes[value].contains(UInt8(ascii: "&")) else {
            return String(decoding: bytes[value], as: UTF8.self)
        }
        var text = String.UnicodeScalarView()
        var index = value.lowerBound
        while index < value.upperBound {
            if bytes[index] == UInt8(ascii: "&"), let found = Self.reference(bytes, at: index) {
                text.append(found.0)
                index = found.end
            } else {
                text.append(Unicode.Scalar(bytes[index]))
                index += 1
            }
        }
        return String(text)
    }
}

extension UInt8 {
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

    /// What libxml2 skips between parts of a tag.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

    fileprivate var isNameCharacter: Bool { isLetter || self &- UInt8(ascii: "0") < 10 }

    /// Names of elements and attributes.
    var isNamePart: Bool {
        isNameCharacter || self == UInt8(ascii: ":") || self == UInt8(ascii: "-")
            || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
    }

    /// Of a value without quotes: what ends or changes it in nobody's reading.
    fileprivate var isPlainValuePart: Bool {
        isNamePart || self == UInt8(ascii: "#") || self == UInt8(ascii: "%")
    }
}
