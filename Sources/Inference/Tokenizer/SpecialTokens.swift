/// Finds tokens that are written out in a text, before the text is cut any further.
///
/// Longer tokens are taken first, wherever they stand, and of equally long ones the leftmost.
/// Each length is one pass over the text, which looks closer where a first byte fits.
struct SpecialTokens: Sendable {
    /// A stretch of text, or a token found in it.
    enum Fragment: Equatable {
        case text(Range<Int>)
        case token(Int32)
    }

    /// The tokens of one length.
    private struct Group {
        let byteCount: Int
        /// Whether a token of the group begins with this byte.
        var begins = [Bool](repeating: false, count: 256)
        var strings = ByteStringTable(capacity: 4)
        var ids: [Int32] = []
    }

    /// By length, longest first.
    private let groups: [Group]
    /// Tokens that swallow the white space after them.
    private let swallowing: Set<Int32>

    /// Takes the tokens of the given types out of a vocabulary.
    init(_ vocabulary: Vocabulary, types: Set<TokenType>, swallowing: Set<Int32>) {
        self.swallowing = swallowing
        var groups: [Int: Group] = [:]
        for index in 0..<vocabulary.count where types.contains(vocabulary.types[index]) {
            let id = Int32(index)
            let string = vocabulary.strings[id]
            guard let first = string.first else { continue }
            var group = groups.removeValue(forKey: string.count) ?? Group(byteCount: string.count)
            group.begins[Int(first)] = true
            group.strings.append(string, isFindable: true)
            group.ids.append(id)
            groups[string.count] = group
        }
        self.groups = groups.values.sorted { $0.byteCount > $1.byteCount }
    }

    /// Cuts `text` at every token in it; empty stretches are left out.
    func split(_ text: UnsafeBufferPointer<UInt8>) -> [Fragment] {
        var fragments: [Fragment] = text.isEmpty ? [] : [.text(0..<text.count)]
        for group in groups {
            var split: [Fragment] = []
            for fragment in fragments {
                if case .text(let range) = fragment {
                    self.split(text, range, by: group, into: &split)
                } else {
                    split.append(fragment)
                }
            }
            fragments = split
        }
        return fragments
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0D ~= byte
    }

    private func split(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, by group: Group,
        into fragments: inout [Fragment]
    ) {
        var start = range.lowerBound
        var index = start
        while index + group.byteCount <= range.upperBound {
            guard group.begins[Int(text[index])],
                let found = group.strings.find(text[index..<index + group.byteCount])
            else {
                index += 1
                continue
            }
            if start < index { fragments.append(.text(start..<index)) }
            let token = group.ids[Int(found)]
            fragments.append(.token(token))
            index += group.byteCount
            if swallowing.contains(token) {
                while index < range.upperBound, Self.isWhiteSpace(text[index]) { index += 1 }
            }
            start = index
        }
        if start < range.upperBound { fragments.append(.text(start..<range.upperBound)) }
    }
}
