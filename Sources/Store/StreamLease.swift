package import Domain
package import Foundation

/// The right to move one stream's cursor, and where that stands.
package struct StreamLease: Sendable, Equatable {
    package let streamID: Domain.Stream.ID
    package let stream: Domain.Stream
    /// Made for this claim; whoever claims next makes another.
    package let token: UUID
    package let runID: Int64
    package internal(set) var cursor: Cursor
    /// Pages committed in the stream's life.
    package internal(set) var seq: Int64
    /// Readings from the beginning, the present one included; starts at 1.
    package internal(set) var epoch: Int64
    /// Of what decides what the stream shows, as it is now; noted with every new reading.
    package let fingerprint: [UInt8]?
    /// The present epoch began under another one: it has to be read from the beginning.
    package internal(set) var isOutdated: Bool
}

/// How a pass over a stream ended.
package enum PassOutcome: Sendable, Equatable {
    case success
    /// The endpoint asked to be left alone.
    case parked(until: Date)
    case failed(String)
}
