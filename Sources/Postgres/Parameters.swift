import CPostgres

/// The parameters of one statement in the memory layout of libpq, freed with the value.
struct Parameters: ~Copyable {
    typealias Body<Result> = (
        UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<CInt>?,
        UnsafePointer<CInt>?
    ) -> Result

    private let storage: UnsafeMutableRawBufferPointer
    private var types: [Oid] = []
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []

    init(_ sql: SQL) throws(PostgresError) {
        storage = .allocate(byteCount: try Self.byteCount(of: sql) + 1, alignment: 1)
        var offset = 0
        for bind in sql.binds { offset = append(bind, at: offset) }
    }

    /// What the parameters of a statement take.
    ///
    /// - Throws: ``PostgresError/nulCharacter(statement:)``, ``PostgresError/tooLarge(statement:)``.
    static func byteCount(of sql: SQL) throws(PostgresError) -> Int {
        var byteCount = 0
        for bind in sql.binds {
            switch bind {
            case .null: break
            case .text(let text):
                guard !text.utf8.contains(0) else { throw .nulCharacter(statement: sql.text) }
                byteCount += text.utf8.count + 1
            case .binary(let bytes, _): byteCount += bytes.count
            }
        }
        guard byteCount <= Limits.parametersByteCountMax, sql.binds.count <= Limits.bindsMax
        else { throw .tooLarge(statement: sql.text) }
        return byteCount
    }

    deinit { storage.deallocate() }

    /// - Returns: The offset behind what was written.
    private mutating func append(_ bind: Bind, at offset: Int) -> Int {
        let rest = UnsafeMutableRawBufferPointer(rebasing: storage[offset...])
        let pointer = UnsafeRawPointer(rest.baseAddress)?.assumingMemoryBound(to: CChar.self)
        switch bind {
        case .null:
            types.append(0)
            values.append(nil)
            lengths.append(0)
            formats.append(0)
            return offset
        case .text(let text):
            rest.copyBytes(from: text.utf8)
            rest[text.utf8.count] = 0
            types.append(0)
            values.append(pointer)
            lengths.append(0)
            formats.append(0)
            return offset + text.utf8.count + 1
        case .binary(let bytes, let type):
            rest.copyBytes(from: bytes)
            types.append(type)
            values.append(pointer)
            lengths.append(CInt(bytes.count))
            formats.append(1)
            return offset + bytes.count
        }
    }

    borrowing func withPointers<Result>(_ body: Body<Result>) -> Result {
        types.withUnsafeBufferPointer { types in
            values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(
                            types.baseAddress, values.baseAddress, lengths.baseAddress,
                            formats.baseAddress)
                    }
                }
            }
        }
    }
}
