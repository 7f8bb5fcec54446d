import Connectors
import Domain
import Foundation
import JSON
import Testing

/// What a store does with the pages of a stream, as far as it decides what is there.
struct Mirror {
    private(set) var filed: [String: JSON] = [:]
    private(set) var cursor = Cursor.start
    private(set) var resets = 0
    private var seen: Set<String>?

    /// Reads one page, or begins anew where the feed says so.
    ///
    /// - Returns: Whether a round is complete.
    mutating func step(_ feed: any PageFeed, now: Date = FixedTime.start) async throws -> Bool {
        if feed.startsAnew(at: cursor, now: now) { reset() }
        let page: Page
        do { page = try await feed.page(at: cursor) } catch {
            switch error {
            case .lostPlace, .expired: reset()
            default: throw error
            }
            return false
        }
        for record in page.records {
            seen?.insert(record.sourceID)
            if record.change == .removed {
                filed[record.sourceID] = nil
            } else {
                let old = record.isPartial ? filed[record.sourceID] : nil
                filed[record.sourceID] = old?.merging(record.payload) ?? record.payload
            }
        }
        cursor = page.cursor
        guard case .delta = page.cursor else { return false }
        if let seen { filed = filed.filter { seen.contains($0.key) } }
        seen = nil
        return true
    }

    mutating func pass(_ feed: any PageFeed, now: Date = FixedTime.start) async throws {
        for _ in 0..<1000 where try await step(feed, now: now) { return }
        Issue.record("the round does not end")
    }

    private mutating func reset() {
        (cursor, seen) = (.start, [])
        resets += 1
    }
}
