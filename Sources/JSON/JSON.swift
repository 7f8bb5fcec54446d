/// A JSON value (RFC 8259), as an endpoint sent it.
///
/// Numbers stay text, so that nothing is rounded and nothing traps; object members keep their
/// order, and of duplicate names the last one wins.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number's text, valid by RFC 8259 §6.
    case number(String)
    case string(String)
    case array([JSON])
    case object(Members)

    /// Reads one JSON text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, with or without a byte order mark; what is not UTF-8 becomes U+FFFD.
    ///   - limits: How much to read before giving up.
    /// - Returns: The value.
    /// - Throws: ``JSONError`` with the place, also for anything after the value.
    package static func parse(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSON {
        try parse(bytes.span, limits: limits)
    }

    /// As above, of bytes somebody else holds.
    package static func parse(
        _ bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSON {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) -> JSON in
            var parser = Parser(bytes, limits: limits)
            return try parser.document()
        }
    }

    /// As above, of a text.
    package static func parse(
        _ text: String, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSON {
        try parse(text.utf8.span, limits: limits)
    }

    /// As above, with the elements of one array as the text has them, to be kept unaltered.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, with or without a byte order mark; what is not UTF-8 becomes U+FFFD.
    ///   - path: Names of the members that lead to the array; none where the text is the array.
    ///   - limits: How much to read before giving up.
    /// - Returns: The value, and a text for each element of the array; none where there is no
    ///   array.
    /// - Throws: ``JSONError`` with the place, also for anything after the value.
    package static func parse(
        _ bytes: [UInt8], keepingTextsAt path: [String], limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> (value: JSON, texts: [String]) {
        try bytes.span.withUnsafeBufferPointer {
            (bytes) throws(JSONError) -> (value: JSON, texts: [String]) in
            var parser = Parser(bytes, limits: limits, keptPath: path)
            let value = try parser.document()
            return (value, parser.texts)
        }
    }

    /// The members of an object in the order they came.
    package struct Members: Sendable, Hashable {
        package private(set) var pairs: [(name: String, value: JSON)]

        package init(_ pairs: [(name: String, value: JSON)] = []) { self.pairs = pairs }

        package static func == (left: Members, right: Members) -> Bool {
            left.pairs.count == right.pairs.count
                && zip(left.pairs, right.pairs).allSatisfy {
                    $0.name == $1.name && $0.value == $1.value
                }
        }

        package func hash(into hasher: inout Hasher) {
            for pair in pairs {
                hasher.combine(pair.name)
                hasher.combine(pair.value)
            }
        }

        /// The value of the last member of that name; setting nil removes it.
        package subscript(name: String) -> JSON? {
            get {
                for index in pairs.indices.reversed() where pairs[index].name == name {
                    return pairs[index].value
                }
                return nil
            }
            set {
                let index = pairs.lastIndex { $0.name == name }
                switch (index, newValue) {
                case (let index?, let value?): pairs[index].value = value
                case (let index?, nil): pairs.remove(at: index)
                case (nil, let value?): pairs.append((name, value))
                case (nil, nil): break
                }
            }
        }
    }
}
