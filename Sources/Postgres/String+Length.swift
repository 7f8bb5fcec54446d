extension String {
    /// What the server's `length` says of this text: its code points.
    package var databaseLength: Int {
        let bytes = utf8.span
        return bytes.withUnsafeBufferPointer { bytes in
            // Eight bytes at a time: one bit for each that does not continue a code point.
            var (count, index) = (0, 0)
            if let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) {
                while bytes.count - index >= 8 {
                    let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let continued = word & ~(word << 1) & 0x8080_8080_8080_8080
                    count += 8 - continued.nonzeroBitCount
                    index += 8
                }
            }
            while index < bytes.count {
                if bytes[index] & 0xC0 != 0x80 { count += 1 }
                index += 1
            }
            return count
        }
    }
}
