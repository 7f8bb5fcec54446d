/// Collects an object's members so that of a repeated name the last value stays.
///
/// Few members are compared with each other, and only where a filter says that a name may have
/// come before; many are sorted out once, by hash, when the object ends.
struct NameSet {
    private var pairs: [(name: String, value: JSON)] = []
    private var filter: UInt64 = 0
    private var isDistinct = true

    private static let comparedMax = 32

    mutating func append(_ name: String, _ value: JSON) {
        let bit = Self.bit(of: name)
        if filter & bit != 0 {
            if pairs.count > Self.comparedMax {
                isDistinct = false
            } else if let index = pairs.firstIndex(where: { $0.name == name }) {
                pairs[index].value = value
                return
            }
        }
        filter |= bit
        pairs.append((name, value))
    }

    consuming func finish() -> [(name: String, value: JSON)] {
        guard !isDistinct else { return pairs }
        var places = [String: Int](minimumCapacity: pairs.count)
        var kept: [(name: String, value: JSON)] = []
        for pair in pairs {
            if let place = places[pair.name] {
                kept[place].value = pair.value
            } else {
                places[pair.name] = kept.count
                kept.append(pair)
            }
        }
        return kept
    }

    /// Alike for equal names only as far as they are equal byte by byte, as RFC 8259 §8.3 asks.
    private static func bit(of name: String) -> UInt64 {
        let bytes = name.utf8
        guard let first = bytes.first, let last = bytes.last else { return 1 }
        let middle = bytes[bytes.index(bytes.startIndex, offsetBy: bytes.count / 2)]
        let mixed = Int(first) &* 31 &+ Int(last) &* 17 &+ Int(middle) &* 7 &+ bytes.count
        return 1 << UInt64(mixed & 63)
    }
}
