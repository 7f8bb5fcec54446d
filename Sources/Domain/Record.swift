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

    /// What documents are filed under: the endpoint's own identifier, unaltered; case-sensitive.
    package let sourceID: String
    /// What the endpoint calls it in requests; the source id, but where that had to be made
    /// unique.
    package let key: String
    package let change: Change
    /// A JSON object; empty for a removal that carried nothing else.
    package let payload: JSON
    /// The payload's text as it came; nil where it was put together here.
    package let text: String?
    /// The endpoint told only what changed; also where the mapping cannot see it.
    package let isPartial: Bool
    /// The container it is in, where its stream has containers.
    package let containerID: String?

    package init(
        sourceID: String, key: String? = nil, change: Change, payload: JSON, text: String? = nil,
        containerID: String? = nil, isPartial: Bool = false
    ) {
        (self.sourceID, self.key, self.change) = (sourceID, key ?? sourceID, change)
        (self.payload, self.text) = (payload, text)
        (self.containerID, self.isPartial) = (containerID, isPartial)
    }

    /// The same record with another payload.
    package func with(payload: JSON) -> Record {
        Record(
            sourceID: sourceID, key: key, change: change, payload: payload,
            containerID: containerID, isPartial: isPartial)
    }

    /// The payload's text.
    package var payloadText: String { text ?? payload.serialized() }
}
