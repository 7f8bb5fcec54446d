/// Reads one JSON text by recursive descent, at most `depthMax` calls deep.
///
/// Source: RFC 8259.
struct Parser {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    private(set) var index = 0
    private var depth = 0
    private var valueCount = 0
    /// Leads to the array whose elements' texts are kept; nil where there is none.
    private let keptPath: [String]?
    /// How many names of it lead to where the parser is, if all that is around it is on it.
    private var keptDepth = 0
    private(set) var texts: [String] = []

    init(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits, keptPath: [String]? = nil
    ) {
        (self.bytes, self.limits, self.keptPath) = (bytes, limits, keptPath)
    }

    /// Reads the whole text as one value.
    mutating func document() throws(JSONError) -> JSON {
        guard bytes.count <= limits.byteCountMax else {
            throw JSONError(.tooLong(byteCountMax: limits.byteCountMax), at: 0, of: bytes)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        valueCount += 1
        guard valueCount <= limits.valueCountMax else {
            throw failure(.tooManyValues(valueCountMax: limits.valueCountMax))
        }
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10:
            return try number()
        default: throw unexpected("a value")
        }
    }

    private mutating func object() throws(JSONError) -> JSON.Members {
        try enter()
        defer { depth -= 1 }
        var names = NameSet()
        skipSpace()
        if take(UInt8(ascii: "}")) { return JSON.Members() }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw unexpected("a member name") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected("`:`") }
            if isOnKeptPath(name) {
                keptDepth += 1
                texts = []
                names.append(name, try value())
                keptDepth -= 1
            } else {
                names.append(name, try value())
            }
            skipSpace()
            if take(UInt8(ascii: "}")) { return JSON.Members(names.finish()) }
            guard take(UInt8(ascii: ",")) else { throw unexpected("`,` or `}`") }
        }
    }

    /// Whether the member of that name, of the object being read, is on the path.
    private func isOnKeptPath(_ name: String) -> Bool {
        guard let keptPath, depth == keptDepth + 1, keptDepth < keptPath.count else { return false }
        return keptPath[keptDepth] == name
    }

    private mutating func array() throws(JSONError) -> [JSON] {
        let isKept = depth == keptDepth && keptDepth == keptPath?.count
        try enter()
        defer { depth -= 1 }
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            skipSpace()
            let start = index
            elements.append(try value())
            if isKept { texts.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw unexpected("`,` or `]`") }
        }
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        guard index - start <= limits.numberByteCountMax else {
            index = start
            throw failure(.numberTooLong(byteCountMax: limits.numberByteCountMax))
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        let start = index
        while let byte = current, byte &- UInt8(ascii: "0") < 10 { index += 1 }
        guard index > start else { throw unexpected("a digit") }
    }

    private mutating func literal(
        _ text: StaticString, _ value: JSON
    ) throws(JSONError) -> JSON {
        for offset in 0..<text.utf8CodeUnitCount {
            guard take(text.utf8Start[offset]) else { throw unexpected("`\(text)`") }
        }
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.depthMax else {
            throw failure(.tooDeep(depthMax: limits.depthMax))
        }
        index += 1
    }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func advance(by count: Int = 1) { index += count }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte <= 0x20 {
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    func unexpected(_ expected: String) -> JSONError {
        failure(index < bytes.count ? .unexpected(expected: expected) : .ended(expected: expected))
    }

    func failure(_ problem: JSONError.Problem) -> JSONError {
        JSONError(problem, at: index, of: bytes)
    }
}
