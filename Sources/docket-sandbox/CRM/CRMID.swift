/// Ids of records.
///
/// Inside of the sandbox an id has its 15 characters, of which the first three name the object.
/// What goes out has three more: a checksum of which letters are capitals, so that the id
/// survives those who fold case.
enum CRMID {
    /// In the order in which the vendor sorts them.
    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let checkDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

    /// Later serials give greater ids.
    static func make(prefix: String, serial: Int) -> String {
        var rest = serial
        var tail: [UInt8] = []
        for _ in 0..<9 {
            tail.append(digits[rest % digits.count])
            rest /= digits.count
        }
        return prefix + "8d0" + String(decoding: tail.reversed(), as: UTF8.self)
    }

    /// The form of 18 characters.
    static func full(_ id: String) -> String {
        guard id.utf8.count == 15 else { return id }
        let bytes = Array(id.utf8)
        var text = id
        for chunk in 0..<3 {
            var bits = 0
            for offset in 0..<5 where isCapital(bytes[chunk * 5 + offset]) { bits |= 1 << offset }
            text.unicodeScalars.append(Unicode.Scalar(checkDigits[bits]))
        }
        return text
    }

    /// The 15 characters of an id in either form; nil where it is neither, or misspelt.
    static func short(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 15 || bytes.count == 18,
            bytes.allSatisfy({ digits.contains($0) })
        else { return nil }
        let id = String(decoding: bytes.prefix(15), as: UTF8.self)
        return bytes.count == 15 || full(id) == text ? id : nil
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
