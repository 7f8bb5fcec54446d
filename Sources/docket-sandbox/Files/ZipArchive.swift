/// A ZIP archive whose entries are stored, not compressed.
///
/// Source: PKWARE APPNOTE 6.3.9, §4.3.
struct ZipArchive {
    private var files: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// 2025-01-01 00:00, in the form of MS-DOS.
    private static let moment: [UInt8] = [0x00, 0x00, 0x21, 0x5A]
    private static let unicodeNames: [UInt8] = [0x00, 0x08]

    mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    /// Adds a file of less than 4 GiB, as everything in the sandbox is.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        let size = little(bytes.count, 4)
        var shared: [UInt8] = [20, 0] + Self.unicodeNames + [0, 0] + Self.moment
        shared += little(Int(CRC32.of(bytes)), 4) + size + size + little(name.utf8.count, 2)
        shared += [0, 0]
        directory += [0x50, 0x4B, 0x01, 0x02, 20, 0] + shared + [UInt8](repeating: 0, count: 10)
        directory += little(files.count, 4) + Array(name.utf8)
        files += [0x50, 0x4B, 0x03, 0x04] + shared + Array(name.utf8) + bytes
        count += 1
    }

    /// The whole archive.
    var bytes: [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
        end += little(count, 2) + little(count, 2)
        end += little(directory.count, 4) + little(files.count, 4) + [0, 0]
        return files + directory + end
    }
}

/// The check sum of ZIP (ISO 3309, reversed polynomial).
enum CRC32 {
    static func of(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
        return ~sum
    }

    private static let table: [UInt32] = (0..<256).map { (index: UInt32) in
        var sum = index
        for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
        return sum
    }
}

/// The number's lowest bytes, the lowest first.
func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
