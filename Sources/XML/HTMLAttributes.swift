/// Finds values among a tag's attributes, which stay as they are written until asked for.
package enum HTMLAttributes {
    /// The value of the first attribute of that name, its references resolved.
    ///
    /// - Parameters:
    ///   - name: Lower case.
    ///   - attributes: What ``HTMLVisitor/start(_:attributes:)`` was given.
    /// - Returns: Empty for an attribute without a value; nil where there is none in the first
    ///   256.
    package static func value(of name: StaticString, in attributes: Span<UInt8>) -> String? {
        var index = 0
        for _ in 0..<Limits.attributeCountMax {
            while let byte = attributes.at(index), byte.isSpace || byte == UInt8(ascii: "/") {
                index += 1
            }
            guard index < attributes.count, attributes[index] != UInt8(ascii: ">") else {
                return nil
            }
            let isFound = skipName(attributes, &index, comparing: name)
            let value = skipValue(attributes, &index)
            if isFound { return resolved(attributes.extracting(value)) }
        }
        return nil
    }

    private static func skipName(
        _ bytes: Span<UInt8>, _ index: inout Int, comparing name: StaticString
    ) -> Bool {
        let start = index
        var isEqual = true
        while let byte = bytes.at(index), !byte.isSpace, byte != UInt8(ascii: ">"),
            byte != UInt8(ascii: "/"), byte != UInt8(ascii: "=") || index == start
        {
            let offset = index - start
            isEqual =
                isEqual && offset < name.utf8CodeUnitCount
                && name.utf8Start[offset] == byte.lowercased
            index += 1
        }
        return isEqual && index - start == name.utf8CodeUnitCount
    }

    private static func skipValue(_ bytes: Span<UInt8>, _ index: inout Int) -> Range<Int> {
        func skipSpace() { while let byte = bytes.at(index), byte.isSpace { index += 1 } }
        skipSpace()
        guard bytes.at(index) == UInt8(ascii: "=") else { return index..<index }
        index += 1
        skipSpace()
        if let quote = bytes.at(index), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = bytes.firstIndex(of: quote, from: index + 1)
        {
            defer { index = end + 1 }
            return (index + 1)..<end
        }
        let start = index
        while let byte = bytes.at(index), !byte.isSpace, byte != UInt8(ascii: ">") { index += 1 }
        return start..<index
    }

    private static func resolved(_ bytes: Span<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while let byte = bytes.at(index) {
            if byte == UInt8(ascii: "&"),
                let reference = HTMLReference(in: bytes, at: index, isAttribute: true)
            {
                output.append(contentsOf: String(reference.scalar).utf8)
                index = reference.end
            } else {
                output.append(byte)
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
