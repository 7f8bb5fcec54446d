/// Where a client stands in a folder's feed: the content of `$skiptoken` and `$deltatoken`.
struct FeedPosition: Sendable, Equatable {
    /// Whether the round reads everything there is, or only changes.
    var isInitial: Bool
    var generation: Int
    /// Index of the next entry.
    var next: Int
    /// Index behind the round's last entry.
    var end: Int
    var selection: Selection
    /// `$top` of the first request.
    var pageSize: Int?
    /// Only messages received from then on.
    var since: Timestamp?
    /// Items the round may still give; nil without limit.
    var budget: Int?
    /// `created`, `updated` or `deleted`; nil for all.
    var changeType: String?

    /// Ends with an escaped character, so a client that decodes links and encodes them again is
    /// found out.
    private static let ending = "%3d"

    /// Tokens of the same position differ by their salt.
    func token(key: UInt64, salt: Int) -> String {
        let fields: [String] = [
            isInitial ? "i" : "c", "\(generation)", "\(next)", "\(end)", selection.text,
            pageSize.map(String.init) ?? "", since.map { $0.iso() } ?? "",
            budget.map(String.init) ?? "", changeType ?? "", "\(salt)",
        ]
        let text = fields.joined(separator: "|")
        let unpadded = Base64.encode(Array("\(Self.check(text, key))|\(text)".utf8), .url)
            .prefix { $0 != "=" }
        return unpadded + Self.ending
    }

    /// - Returns: Nil for a token that was not given out, or not used as it was given.
    init?(token: Substring, key: UInt64) {
        guard token.hasSuffix(Self.ending) else { return nil }
        let digits = String(token.dropLast(Self.ending.count))
        let padded = digits + String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
        guard let bytes = Base64.decodeURL(padded) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "|", maxSplits: 1)
        guard parts.count == 2, parts[0] == Self.check(String(parts[1]), key) else { return nil }
        let fields = parts[1].split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 10, let generation = Int(fields[1]), let next = Int(fields[2]),
            let end = Int(fields[3]), let selection = try? Selection(String(fields[4]))
        else { return nil }
        self.init(
            isInitial: fields[0] == "i", generation: generation, next: next, end: end,
            selection: selection, pageSize: Int(fields[5]), since: Timestamp(String(fields[6])),
            budget: Int(fields[7]), changeType: fields[8].isEmpty ? nil : String(fields[8]))
    }

    init(
        isInitial: Bool, generation: Int, next: Int, end: Int, selection: Selection,
        pageSize: Int?, since: Timestamp?, budget: Int?, changeType: String?
    ) {
        (self.isInitial, self.generation, self.next, self.end) = (isInitial, generation, next, end)
        (self.selection, self.pageSize, self.since) = (selection, pageSize, since)
        (self.budget, self.changeType) = (budget, changeType)
    }

    private static func check(_ text: String, _ key: UInt64) -> String {
        var mixer = Mixer(key)
        for byte in text.utf8 { mixer = Mixer(mixer.next(), UInt64(byte)) }
        return String(mixer.next(), radix: 36)
    }
}
