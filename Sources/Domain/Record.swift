package import JSON

/// What an endpoint gave about one thing, unaltered, with its upstream id.
package struct Record: Sendable, Equatable {
    /// What the endpoint said happened to it.
    package enum Change: Sendable, Equatable {
        /// Created or changed; the payload may carry only the properties that changed.
        case changed
        /// Gone from this stream: deleted, or moved to another one.
        case removed
    }

    /// The endpoint's own identifier, unaltered; case-sensitive.
    package let sourceID: String
    package let change: Change
    /// A JSON object; empty for a removal that carried nothing else.
    package let payload: JSON
    /// The payload's text as it came; nil where it was put together here.
    package let text: String?

    package init(sourceID: String, change: Change, payload: JSON, text: String? = nil) {
        (self.sourceID, self.change, self.payload) = (sourceID, change, payload)
        self.text = text
    }

    /// The payload's text.
    package var payloadText: String { text ?? payload.serialized() }
}
