import Extraction
import JSON

extension JSON {
    /// The value such that PostgreSQL takes it as `jsonb`.
    ///
    /// Control characters are taken out of texts and names; a number beyond what `numeric` holds
    /// becomes a text.
    var storable: JSON {
        switch self {
        case .null, .bool: self
        case .number(let text): Self.isStorable(text) ? self : .string(text)
        case .string(let text): .string(PlainText.withoutControls(text))
        case .array(let values): .array(values.map(\.storable))
        case .object(let members):
            .object(
                Members(
                    members.pairs.map {
                        (name: PlainText.withoutControls($0.name), value: $0.value.storable)
                    }))
        }
    }

    private static func isStorable(_ number: String) -> Bool {
        guard number.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return true }
        return Double(number).map { Limits.magnitudes.contains(abs($0)) } ?? false
    }
}
