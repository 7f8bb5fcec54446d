/// The vendor's hash of a file's content, in Base64.
///
/// Each byte is combined by exclusive or into 160 bits, eleven bits further than the one before,
/// around; in the end the length goes into the last 64 of them.
/// Source: the vendor's page "Code snippets: QuickXorHash algorithm".
enum QuickXorHash {
    static func of(_ bytes: [UInt8]) -> String {
        var cells = [UInt8](repeating: 0, count: 20)
        var bit = 0
        for byte in bytes {
            let (cell, offset) = (bit / 8, bit % 8)
            cells[cell] ^= byte << UInt8(offset)
            if offset > 0 { cells[(cell + 1) % 20] ^= byte >> UInt8(8 - offset) }
            bit = (bit + 11) % 160
        }
        for (index, byte) in little(bytes.count, 8).enumerated() { cells[12 + index] ^= byte }
        return Base64.encode(cells)
    }
}
