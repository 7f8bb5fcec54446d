/// Where a client stands in a drive's feed: the content of `token`.
struct DrivePosition: Sendable {
    /// Indices before it belong to an enumeration: of those, deletions are not told.
    var enumeratedEnd: Int
    var generation: Int
    /// Index of the next entry.
    var next: Int
    var pageSize: Int?
    /// Names that `$select` asked for, in lower case.
    var selection: [String]?
    var isBetweenRounds = false

    /// Ends with an escaped character, so a client that decodes links and encodes them again is
    /// found out.
    private static let ending = "%3d"

    /// Tokens of the same position differ by their salt.
    func token(key: UInt64, salt: Int) -> String {
        let fields = [
            "\(enumeratedEnd)", "\(generation)", "\(next)", pageSize.map(String.init) ?? "",
            selection?.joined(separator: ",") ?? "", isBetweenRounds ? "1" : "0", "\(salt)",
        ]
        let text = fields.joined(separator: "|")
        let unpadded = Base64.encode(Array("\(Self.check(text, key))|\(text)".utf8), .url)
            .prefix { $0 != "=" }
        return unpadded + Self.ending
    }

    init(enumeratedEnd: Int, generation: Int, next: Int, pageSize: Int?, selection: [String]?) {
        (self.enumeratedEnd, self.generation, self.next) = (enumeratedEnd, generation, next)
        (self.pageSize, self.selection) = (pageSize, selection)
    }

    /// - Returns: Nil for a token that was not given out, or not used as it was given.
    init?(token: Substring, key: UInt64) {
        guard token.hasSuffix(Self.ending),
            let text = Base64.decodeURLUnpadded(token.dropLast(Self.ending.count))
        else { return nil }
        let parts = text.split(separator: "|", maxSplits: 1)
        guard parts.count == 2, parts[0] == Self.check(String(parts[1]), key) else { return nil }
        let fields = parts[1].split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 7, let enumeratedEnd = Int(fields[0]),
            let generation = Int(fields[1]), let next = Int(fields[2])
        else { return nil }
        self.init(
            enumeratedEnd: enumeratedEnd, generation: generation, next: next,
            pageSize: Int(fields[3]),
            selection: fields[4].isEmpty ? nil : fields[4].split(separator: ",").map(String.init))
        isBetweenRounds = fields[5] == "1"
    }

    static func check(_ text: String, _ key: UInt64) -> String {
        var mixer = Mixer(key)
        for byte in text.utf8 { mixer = Mixer(mixer.next(), UInt64(byte)) }
        return String(mixer.next(), radix: 36)
    }
}

extension Base64 {
    /// The text whose Base64 of the URL alphabet this is, the padding left out.
    static func decodeURLUnpadded(_ digits: some StringProtocol) -> String? {
        let padding = String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
        return decodeURL(String(digits) + padding).map { String(decoding: $0, as: UTF8.self) }
    }
}
