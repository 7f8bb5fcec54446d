import Domain
import JSON

/// Something that is so of a record.
struct Condition: Sendable, Equatable {
    enum Test: Sendable, Equatable {
        /// The record mentions the path, be it with null.
        case exists
        case isOne(of: [String])
        /// The record does not mention the path.
        case isAbsent
        /// The record says something else there.
        case isNone(of: [String])
    }

    let path: Path
    let test: Test

    func holds(of record: JSON) -> Bool {
        switch test {
        case .exists: path.exists(in: record)
        case .isAbsent: !path.exists(in: record)
        case .isOne(let values):
            path.values(in: record).contains { $0.scalarText.map(values.contains) ?? false }
        case .isNone(let values):
            path.first(in: record)?.scalarText.map { !values.contains($0) } ?? false
        }
    }
}
