/// A position in a mapped file that never passes its end.
///
/// The `place` of each call is evaluated for the error message alone.
struct Cursor {
    let file: MappedFile
    private(set) var offset: Int
    /// First byte that may not be read: the end of the file or of what ``Limits`` allow.
    private let end: Int

    init(_ file: MappedFile, at offset: Int = 0) {
        self.file = file
        self.offset = offset
        end = min(file.bytes.count, Limits.metadataBytes)
    }

    /// Bytes that can still be read.
    var remaining: Int { end - offset }

    /// Reads a little-endian integer.
    mutating func integer<T: FixedWidthInteger>(
        _ type: T.Type = T.self, in place: @autoclosure () -> String
    ) throws(ModelError) -> T {
        let start = try skip(MemoryLayout<T>.size, in: place())
        return T(littleEndian: file.bytes.loadUnaligned(fromByteOffset: start, as: T.self))
    }

    /// Reads an unsigned 64-bit count of things that take at least `byteCountMin` bytes each.
    ///
    /// The result is bounded by the bytes that are left, so an array of that many can be
    /// allocated.
    mutating func count(
        each byteCountMin: Int, in place: @autoclosure () -> String
    ) throws(ModelError) -> Int {
        let raw = try integer(UInt64.self, in: place())
        guard let count = Int(exactly: raw), count <= remaining / byteCountMin else {
            throw outOfBytes(in: place())
        }
        return count
    }

    /// Steps over a length and as many bytes, and returns where those lie.
    mutating func string(in place: @autoclosure () -> String) throws(ModelError) -> Range<Int> {
        let count = try count(each: 1, in: place())
        let start = try skip(count, in: place())
        return start..<start + count
    }

    /// Steps over `count` bytes and returns where they began.
    @discardableResult
    mutating func skip(
        _ count: Int, in place: @autoclosure () -> String
    ) throws(ModelError) -> Int {
        guard count >= 0, count <= remaining else { throw outOfBytes(in: place()) }
        let start = offset
        offset += count
        return start
    }

    private func outOfBytes(in place: String) -> ModelError {
        if end < file.bytes.count {
            return .overLimit(path: file.path, place: place, limit: Limits.metadataBytes)
        }
        return .truncated(path: file.path, place: place)
    }
}
