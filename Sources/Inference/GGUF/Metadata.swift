/// The keys and values of a model file, read where they lie in the mapping.
///
/// Every accessor returns nil when the key is absent and throws when the value is of another
/// type than asked for; nothing is converted silently. Strings that are not UTF-8 are repaired
/// with U+FFFD.
package struct Metadata: Sendable {
    /// A value's place: of an array, the type, position and number of its elements.
    struct Entry: Sendable {
        let type: ValueType
        let isArray: Bool
        let offset: Int
        let count: Int
    }

    private let file: MappedFile
    private let entries: [String: Entry]

    init(file: MappedFile, entries: [String: Entry]) {
        self.file = file
        self.entries = entries
    }

    /// Path of the file, for error messages.
    package var path: String { file.path }

    /// All keys, sorted.
    package var keys: [String] { entries.keys.sorted() }

    /// A text value.
    package func string(_ key: String) throws(ModelError) -> String? {
        guard let entry = try scalar(key, as: "a string", where: { $0 == .string }) else {
            return nil
        }
        var cursor = Cursor(file, at: entry.offset)
        return String(decoding: file.bytes[try cursor.string(in: key)], as: UTF8.self)
    }

    /// A whole number of any width, which must lie in `range`.
    package func integer(
        _ key: String, in range: ClosedRange<Int>
    ) throws(ModelError) -> Int? {
        guard let entry = try scalar(key, as: "an integer", where: \.isInteger) else { return nil }
        return try integer(at: entry.offset, type: entry.type, of: key, in: range)
    }

    /// An unsigned 32-bit number, for keys whose width the format itself lays down.
    func uint32(_ key: String, in range: ClosedRange<Int>) throws(ModelError) -> Int? {
        guard let entry = try scalar(key, as: "uint32", where: { $0 == .uint32 }) else {
            return nil
        }
        return try integer(at: entry.offset, type: entry.type, of: key, in: range)
    }

    /// A finite floating-point number of either width.
    package func float(_ key: String) throws(ModelError) -> Float? {
        let isFloat = { (type: ValueType) in type == .float32 || type == .float64 }
        guard let entry = try scalar(key, as: "a float", where: isFloat) else { return nil }
        return try float(at: entry.offset, type: entry.type, of: key)
    }

    /// A finite floating-point number in `range`.
    package func float(
        _ key: String, in range: ClosedRange<Float>
    ) throws(ModelError) -> Float? {
        guard let value = try float(key) else { return nil }
        guard range.contains(value) else {
            throw outOfRange(key, "\(value)", "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A truth value; any byte but 0 and 1 is refused.
    package func bool(_ key: String) throws(ModelError) -> Bool? {
        guard let entry = try scalar(key, as: "a bool", where: { $0 == .bool }) else {
            return nil
        }
        return try bool(at: entry.offset, of: key)
    }

    /// A list of truth values, nil also when the key holds something that is no list.
    package func boolsIfArray(_ key: String) throws(ModelError) -> [Bool]? {
        guard entries[key]?.isArray == true,
            let entry = try array(key, of: "bools", where: { $0 == .bool })
        else { return nil }
        return try offsets(of: entry).map { (offset) throws(ModelError) in
            try bool(at: offset, of: key)
        }
    }

    /// A list of texts.
    package func strings(_ key: String) throws(ModelError) -> [String]? {
        var strings: [String] = []
        guard let count = try count(key) else { return nil }
        strings.reserveCapacity(count)
        try eachString(key) { strings.append(String(decoding: $0, as: UTF8.self)) }
        return strings
    }

    /// A list of whole numbers of any width, each in `range`.
    package func integers(
        _ key: String, in range: ClosedRange<Int> = Int.min...Int.max
    ) throws(ModelError) -> [Int]? {
        guard let entry = try array(key, of: "integers", where: \.isInteger) else { return nil }
        var values: [Int] = []
        values.reserveCapacity(entry.count)
        for offset in offsets(of: entry) {
            values.append(try integer(at: offset, type: entry.type, of: key, in: range))
        }
        return values
    }

    /// A list of finite floating-point numbers of either width.
    package func floats(_ key: String) throws(ModelError) -> [Float]? {
        let isFloat = { (type: ValueType) in type == .float32 || type == .float64 }
        guard let entry = try array(key, of: "floats", where: isFloat) else { return nil }
        var values: [Float] = []
        values.reserveCapacity(entry.count)
        for offset in offsets(of: entry) {
            values.append(try float(at: offset, type: entry.type, of: key))
        }
        return values
    }

    /// The number of elements of a list, whatever their type.
    package func count(_ key: String) throws(ModelError) -> Int? {
        try array(key, of: "values", where: { _ in true })?.count
    }

    /// Hands the bytes of each text of a list to `body`, in order and without copying them.
    ///
    /// - Returns: False when the key is absent.
    @discardableResult
    func eachString(
        _ key: String, _ body: (Slice<UnsafeRawBufferPointer>) throws(ModelError) -> Void
    ) throws(ModelError) -> Bool {
        let isString = { (type: ValueType) in type == .string }
        guard let entry = try array(key, of: "strings", where: isString) else { return false }
        var cursor = Cursor(file, at: entry.offset)
        for _ in 0..<entry.count { try body(file.bytes[try cursor.string(in: key)]) }
        return true
    }

    private func integer(
        at offset: Int, type: ValueType, of key: String, in range: ClosedRange<Int>
    ) throws(ModelError) -> Int {
        func load<T: FixedWidthInteger>(_: T.Type) -> any BinaryInteger {
            T(littleEndian: file.bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
        let raw: Int?
        switch type {
        case .uint8: raw = Int(load(UInt8.self))
        case .int8: raw = Int(load(Int8.self))
        case .uint16: raw = Int(load(UInt16.self))
        case .int16: raw = Int(load(Int16.self))
        case .uint32: raw = Int(load(UInt32.self))
        case .int32: raw = Int(load(Int32.self))
        case .int64: raw = Int(load(Int64.self))
        case .uint64: raw = Int(exactly: load(UInt64.self))
        case .float32, .float64, .bool, .string, .array: raw = nil
        }
        guard let raw, range.contains(raw) else {
            let allowed = "\(range.lowerBound) to \(range.upperBound)"
            throw outOfRange(key, raw.map(String.init) ?? "over \(Int.max)", allowed)
        }
        return raw
    }

    private func float(
        at offset: Int, type: ValueType, of key: String
    ) throws(ModelError) -> Float {
        var cursor = Cursor(file, at: offset)
        let value =
            type == .float32
            ? Float(bitPattern: try cursor.integer(in: key))
            : Float(Double(bitPattern: try cursor.integer(in: key)))
        guard value.isFinite else { throw outOfRange(key, "\(value)", "a finite number") }
        return value
    }

    private func bool(at offset: Int, of key: String) throws(ModelError) -> Bool {
        let byte = file.bytes[offset]
        guard byte <= 1 else { throw outOfRange(key, "\(byte)", "0 or 1") }
        return byte == 1
    }

    private func offsets(of entry: Entry) -> StrideTo<Int> {
        let byteCount = entry.type.byteCountMin
        return stride(
            from: entry.offset, to: entry.offset + entry.count * byteCount, by: byteCount)
    }

    private func scalar(
        _ key: String, as expected: String, where isWanted: (ValueType) -> Bool
    ) throws(ModelError) -> Entry? {
        guard let entry = entries[key] else { return nil }
        guard !entry.isArray, isWanted(entry.type) else { throw wrongType(key, expected, entry) }
        return entry
    }

    private func array(
        _ key: String, of expected: String, where isWanted: (ValueType) -> Bool
    ) throws(ModelError) -> Entry? {
        guard let entry = entries[key] else { return nil }
        guard entry.isArray, isWanted(entry.type) else {
            throw wrongType(key, "an array of \(expected)", entry)
        }
        return entry
    }

    private func wrongType(_ key: String, _ expected: String, _ entry: Entry) -> ModelError {
        let actual = entry.isArray ? "an array of \(entry.type)" : "\(entry.type)"
        return .wrongType(path: path, key: key, expected: expected, actual: actual)
    }

    private func outOfRange(_ key: String, _ value: String, _ allowed: String) -> ModelError {
        .outOfRange(path: path, key: key, value: value, allowed: allowed)
    }
}
