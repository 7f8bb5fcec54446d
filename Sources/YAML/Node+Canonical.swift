extension Node {
    /// The same text for every way to write the same thing: order of keys, quotes, comments and
    /// places do not count.
    package var canonicalText: String {
        switch value {
        case .null, .invalid: "~"
        case .list(let items): "[" + items.map { $0.canonicalText + "," }.joined() + "]"
        case .mapping(let entries):
            "{"
                + entries.sorted { $0.key < $1.key }
                .map { "\(Self.counted($0.key)):\($0.value.canonicalText)," }.joined() + "}"
        case .boolean, .integer, .number, .text: Self.counted(scalar)
        }
    }

    /// With its length before it, so that no text can look like two.
    private static func counted(_ text: String) -> String { "\(text.utf8.count)'\(text)" }
}
