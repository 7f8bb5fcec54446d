import YAML

/// How hard a connector may pull at its source.
package struct ConnectorLimits: Sendable, Equatable {
    /// Nil: the definition's.
    package let requestsPerSecond: Double?
    /// Requests at the same time; nil: the definition's.
    package let concurrency: Int?
    /// Bytes of one document's content; larger ones are filed without it.
    package let contentBytes: Int
    /// Share of a quota of the source, 0 to 1, that is docket's.
    package let budgetShare: Double
}

extension ConnectorLimits {
    private static let requestsPerSecond = Field(
        optional: "requests_per_second", .number(Limits.requestsPerSecond),
        otherwise: "the definition's", "Requests to the source in a second.", example: "8")
    private static let concurrency = Field(
        optional: "concurrency", .integer(Limits.concurrency), otherwise: "the definition's",
        "Requests to the source at the same time.", example: "4")
    private static let contentBytes = Field(
        "content_bytes", .byteSize(Limits.contentBytes), default: "50MB",
        "The largest content that is fetched; larger documents are filed without it.")

    private static let budgetShare = Field(
        "budget_share", .percentage, default: "80%",
        "Of a quota that the source counts requests against, such as those of a day, this share is "
            + "used; the rest is left to others.")

    static let section = Section<ConnectorLimits>(
        [requestsPerSecond, concurrency, contentBytes, budgetShare]
    ) { values, _ in
        ConnectorLimits(
            requestsPerSecond: values[requestsPerSecond], concurrency: values[concurrency],
            contentBytes: values[contentBytes], budgetShare: values[budgetShare])
    }
}
