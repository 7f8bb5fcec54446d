/// What a field of a record holds.
enum CRMValue: Sendable, Equatable {
    case null
    /// Texts, choices, and days such as `2026-01-15`.
    case text(String)
    case flag(Bool)
    case number(Double)
    case moment(Timestamp)
    /// An id of 15 characters.
    case id(String)
    /// A text that is written when it is read, so that a million of them take no memory.
    case synthetic(number: Int, bytes: Int)

    var text: String? {
        switch self {
        case .text(let text), .id(let text): text
        case .synthetic(let number, let bytes): CRMSynthetic.body(number, bytes: bytes)
        default: nil
        }
    }

    var flag: Bool { self == .flag(true) }

    /// -1, 0 or 1; nil where there is no order between the two.
    ///
    /// Texts compare in any case, ids in theirs.
    func order(_ other: CRMValue) -> Int? {
        switch (self, other) {
        case (.null, .null): return 0
        case (.moment(let left), .moment(let right)):
            return left == right ? 0 : left < right ? -1 : 1
        case (.id(let left), .id(let right)):
            return left == right ? 0 : left < right ? -1 : 1
        case (.number(let left), .number(let right)):
            return left == right ? 0 : left < right ? -1 : 1
        case (.flag(let left), .flag(let right)):
            return left == right ? 0 : right ? -1 : 1
        default:
            guard let left = text, let right = other.text else { return nil }
            if left == right { return 0 }
            let (folded, otherFolded) = (left.lowercased(), right.lowercased())
            return folded == otherFolded ? 0 : folded < otherFolded ? -1 : 1
        }
    }
}
