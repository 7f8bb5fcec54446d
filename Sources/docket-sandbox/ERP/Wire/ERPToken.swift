/// The position of a skip token or a delta token, as text and back.
struct ERPToken: Sendable {
    /// Tokens of another epoch are unknown.
    let epoch: Int
    /// Seconds since 1970.
    let issuedAt: Int64
    /// Rows, or changes, that have been looked at.
    var position = 0
    /// Entities that all pages so far gave.
    var given = 0
    /// The log's length when the round began: what a delta goes on from; nil: none was asked for.
    var log: Int?

    var skipText: String {
        "\(epoch)-\(issuedAt)-\(position)-\(given)" + (log.map { "-\($0)" } ?? "")
    }

    init(epoch: Int, issuedAt: Int64, position: Int = 0, given: Int = 0, log: Int?) {
        (self.epoch, self.issuedAt, self.position) = (epoch, issuedAt, position)
        (self.given, self.log) = (given, log)
    }

    init?(skip text: String) {
        let parts = text.split(separator: "-")
        // Within these bounds nothing that is computed with them overflows.
        let numbers = parts.compactMap { Int($0) }.filter { (0...Int(UInt32.max)).contains($0) }
        guard (4...5).contains(parts.count), numbers.count == parts.count else { return nil }
        let (epoch, issued, position, given) = (numbers[0], numbers[1], numbers[2], numbers[3])
        self.init(
            epoch: epoch, issuedAt: Int64(issued), position: position, given: given,
            log: numbers.count > 4 ? numbers[4] : nil)
    }

    /// `005056AB_20260115080000_3_12`: client, time, epoch and place in the log.
    static func delta(epoch: Int, at: Timestamp, log: Int) -> String {
        "005056AB_\(at.iso().filter(\.isWholeNumber))_\(epoch)_\(log)"
    }

    /// The place in the log; nil for a text that is no token of this epoch.
    static func log(ofDelta text: String, epoch: Int) -> Int? {
        let parts = text.split(separator: "_")
        guard parts.count == 4, Int(parts[2]) == epoch, let log = Int(parts[3]), log >= 0 else {
            return nil
        }
        return log
    }
}
