/// How a document's characters are written as bytes.
///
/// Source: XML 1.0 (Fifth Edition), appendix F.
struct XMLEncoding: Equatable {
    /// As iconv calls it; nil for UTF-8, which needs no conversion.
    let name: String?
    /// Bytes of the byte order mark.
    let markByteCount: Int

    /// What the first bytes of a document say: a byte order mark first, then the declaration.
    init(of bytes: [UInt8]) throws(XMLError) {
        func starts(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
        if starts([0xEF, 0xBB, 0xBF]) {
            (name, markByteCount) = (nil, 3)
        } else if starts([0xFF, 0xFE, 0, 0]) || starts([0, 0, 0xFE, 0xFF]) {
            throw XMLError(.encoding("is UTF-32; have it sent as UTF-8"), line: 1)
        } else if starts([0xFF, 0xFE]) {
            (name, markByteCount) = ("UTF-16LE", 2)
        } else if starts([0xFE, 0xFF]) {
            (name, markByteCount) = ("UTF-16BE", 2)
        } else if starts([0x3C, 0, 0x3F, 0]) || starts([0x3C, 0, 0x21, 0]) {
            (name, markByteCount) = ("UTF-16LE", 0)
        } else if starts([0, 0x3C, 0, 0x3F]) || starts([0, 0x3C, 0, 0x21]) {
            (name, markByteCount) = ("UTF-16BE", 0)
        } else {
            (name, markByteCount) = (try Self.declared(bytes), 0)
        }
    }

    private static func declared(_ bytes: [UInt8]) throws(XMLError) -> String? {
        let start = bytes.prefix(Limits.declarationByteCountMax)
        guard start.starts(with: Array("<?xml".utf8)), let end = start.firstIndex(of: 0x3E)
        else { return nil }
        let words = String(decoding: start[..<end], as: UTF8.self)
        guard let place = words.firstRange(of: "encoding") else { return nil }
        let quotes: [Character] = ["\"", "'"]
        let value = words[place.upperBound...].drop { !quotes.contains($0) }.dropFirst()
            .prefix { !quotes.contains($0) }
        let name = value.lowercased()
        if name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii" {
            return nil
        }
        if name.hasPrefix("utf-16") {
            throw XMLError(.encoding("is declared as UTF-16, but is not; mend the declaration"))
        }
        guard let known = known[name] else {
            let shown = value.prefix(40)
            throw XMLError(
                .encoding("declares the encoding `\(shown)`; have it sent as UTF-8"), line: 1)
        }
        return known
    }

    /// Lower case to iconv's names.
    ///
    /// A stranger's name never reaches iconv, which loads modules by
    /// it; encodings with states are not among them.
    private static let known: [String: String] = {
        var known = [
            "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "latin1": "ISO-8859-1",
            "windows-874": "CP874", "shift_jis": "SHIFT_JIS", "euc-jp": "EUC-JP",
            "euc-kr": "EUC-KR", "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030",
            "big5": "BIG5", "ibm850": "CP850", "cp850": "CP850", "cp437": "CP437",
        ]
        for part in 1...16 where part != 12 { known["iso-8859-\(part)"] = "ISO-8859-\(part)" }
        for page in 1250...1258 {
            known["windows-\(page)"] = "CP\(page)"
            known["cp\(page)"] = "CP\(page)"
        }
        return known
    }()
}
