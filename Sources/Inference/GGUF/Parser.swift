/// Reads the header, the metadata and the tensor table of a GGUF file.
struct Parser {
    /// What a file holds: places of values by key, and tensors by name.
    struct Contents {
        let metadata: Metadata
        let tensors: [String: TensorInfo]
    }

    /// The fewest bytes of a metadata entry: length, one letter, type, one byte.
    private static let entryByteCountMin = 8 + 1 + 4 + 1
    /// The fewest bytes of a tensor's description: length, one letter, one dimension.
    private static let tensorByteCountMin = 8 + 1 + 4 + 8 + 4 + 8

    private var cursor: Cursor
    /// Which file of a split model this is, counted from 0.
    private let part: Int
    private var path: String { cursor.file.path }

    static func parse(_ file: MappedFile, part: Int = 0) throws(ModelError) -> Contents {
        var parser = Parser(cursor: Cursor(file), part: part)
        return try parser.contents()
    }

    private mutating func contents() throws(ModelError) -> Contents {
        let magic = try cursor.integer(UInt32.self, in: "the header")
        guard magic == 0x4655_4747 else { throw .notGGUF(path: path) }
        let version = try cursor.integer(UInt32.self, in: "the header")
        guard version == 2 || version == 3 else {
            throw .unsupportedVersion(path: path, version: version)
        }
        let tensorCount = try cursor.count(each: Self.tensorByteCountMin, in: "the tensor table")
        guard tensorCount <= Limits.tensors else {
            throw overLimit("the number of tensors", Limits.tensors)
        }
        let entryCount = try cursor.count(each: Self.entryByteCountMin, in: "the metadata")
        guard entryCount <= Limits.keys else { throw overLimit("the number of keys", Limits.keys) }

        var entries: [String: Metadata.Entry] = [:]
        for _ in 0..<entryCount {
            let key = try name(byteCountMax: Limits.keyBytes, in: "a metadata key")
            guard entries[key] == nil else { throw malformed(key.excerpt, "occurs twice") }
            entries[key] = try entry(key)
        }
        var tensors: [String: TensorInfo] = [:]
        for _ in 0..<tensorCount {
            let tensor = try tensor()
            guard tensors.updateValue(tensor, forKey: tensor.name) == nil else {
                throw malformed("tensor \(tensor.name.excerpt)", "occurs twice")
            }
        }
        let metadata = Metadata(file: cursor.file, entries: entries)
        return Contents(metadata: metadata, tensors: try place(tensors, metadata: metadata))
    }

    /// Reads a name of at least one byte, which must be UTF-8.
    private mutating func name(
        byteCountMax: Int, in place: String
    ) throws(ModelError) -> String {
        let range = try cursor.string(in: place)
        guard !range.isEmpty else { throw malformed(place, "is empty") }
        guard range.count <= byteCountMax else { throw overLimit(place, byteCountMax) }
        guard let name = String(validating: cursor.file.bytes[range], as: UTF8.self) else {
            throw malformed(place, "is not UTF-8")
        }
        return name
    }

    /// Steps over a value and notes its place.
    private mutating func entry(_ key: String) throws(ModelError) -> Metadata.Entry {
        let type = try valueType(of: key)
        switch type {
        case .array:
            let element = try valueType(of: key)
            guard element != .array else {
                throw malformed(key.excerpt, "is an array of arrays, which no model has")
            }
            let count = try cursor.count(each: element.byteCountMin, in: key.excerpt)
            let start = cursor.offset
            if let byteCount = element.byteCount {
                try cursor.skip(count * byteCount, in: key.excerpt)
            } else {
                for _ in 0..<count { _ = try cursor.string(in: key.excerpt) }
            }
            return .init(type: element, isArray: true, offset: start, count: count)
        case .string:
            let start = cursor.offset
            _ = try cursor.string(in: key.excerpt)
            return .init(type: type, isArray: false, offset: start, count: 1)
        default:
            let start = try cursor.skip(type.byteCountMin, in: key.excerpt)
            return .init(type: type, isArray: false, offset: start, count: 1)
        }
    }

    private mutating func valueType(of key: String) throws(ModelError) -> ValueType {
        let raw = try cursor.integer(UInt32.self, in: key.excerpt)
        guard let type = ValueType(rawValue: raw) else {
            throw malformed(key.excerpt, "has the unknown type \(raw)")
        }
        return type
    }

    /// Reads one row of the tensor table; the offset is still relative to the data section.
    private mutating func tensor() throws(ModelError) -> TensorInfo {
        let name = try name(byteCountMax: Limits.tensorNameBytes, in: "a tensor name")
        let place = "tensor \(name.excerpt)"
        let dimensionCount = try cursor.integer(UInt32.self, in: place)
        guard dimensionCount >= 1, dimensionCount <= Limits.dimensions else {
            throw malformed(place, "has \(dimensionCount) dimensions, allowed is 1 to 4")
        }
        var shape: [Int] = []
        for _ in 0..<dimensionCount {
            let raw = try cursor.integer(Int64.self, in: place)
            guard let size = Int(exactly: raw), size >= 1 else {
                throw malformed(place, "has a dimension of \(raw)")
            }
            shape.append(size)
        }
        let rawType = try cursor.integer(UInt32.self, in: place)
        guard let type = ElementType(rawValue: rawType) else {
            throw .unsupported(
                path: path, key: place, value: "element type \(rawType)",
                known: ElementType.allCases.map { "\($0)".uppercased() })
        }
        guard let byteCount = TensorInfo.byteCount(shape: shape, type: type) else {
            throw malformed(place, "has the impossible shape \(shape) for \(type)")
        }
        let rawOffset = try cursor.integer(UInt64.self, in: place)
        guard let offset = Int(exactly: rawOffset) else {
            throw .truncated(path: path, place: place)
        }
        return TensorInfo(
            name: name, shape: shape, type: type, part: part, offset: offset,
            byteCount: byteCount)
    }

    /// Makes offsets absolute and checks that tensors lie in the file, aligned, one after the other.
    ///
    /// A gap has no use and means that an offset or a size is damaged; what lies behind the last
    /// tensor is nobody's.
    private func place(
        _ tensors: [String: TensorInfo], metadata: Metadata
    ) throws(ModelError) -> [String: TensorInfo] {
        let key = "general.alignment"
        let alignment = try metadata.uint32(key, in: Limits.alignment) ?? 32
        guard alignment & (alignment - 1) == 0 else {
            throw .outOfRange(
                path: path, key: key, value: "\(alignment)", allowed: "a power of two")
        }
        func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
        let dataStart = aligned(cursor.offset)
        let fileEnd = cursor.file.bytes.count
        var placed: [String: TensorInfo] = [:]
        var previous: (name: String, end: Int) = ("the tensor table", dataStart)
        // By name as well, so that of several faults the same one is named every time.
        for tensor in tensors.values.sorted(by: { ($0.offset, $0.name) < ($1.offset, $1.name) }) {
            let place = "tensor \(tensor.name.excerpt)"
            guard tensor.offset % alignment == 0 else {
                throw malformed(place, "does not begin at a multiple of \(alignment)")
            }
            let (start, startOverflow) = tensor.offset.addingReportingOverflow(dataStart)
            let (end, endOverflow) = start.addingReportingOverflow(tensor.byteCount)
            guard !startOverflow, !endOverflow, end <= fileEnd else {
                throw .truncated(path: path, place: place)
            }
            guard start >= previous.end else {
                throw malformed(place, "overlaps \(previous.name)")
            }
            guard start == aligned(previous.end) else {
                throw malformed(place, "does not follow \(previous.name)")
            }
            previous = (place, end)
            placed[tensor.name] = TensorInfo(
                name: tensor.name, shape: tensor.shape, type: tensor.type, part: part,
                offset: start, byteCount: tensor.byteCount)
        }
        return placed
    }

    private func malformed(_ place: String, _ reason: String) -> ModelError {
        .malformed(path: path, place: place, reason: reason)
    }

    private func overLimit(_ place: String, _ limit: Int) -> ModelError {
        .overLimit(path: path, place: place, limit: limit)
    }
}
