/// How much of a JSON text docket reads before it gives up.
package struct JSONLimits: Sendable {
    /// Length of the whole text.
    package var byteCountMax = 64 << 20
    /// Arrays and objects within each other.
    package var depthMax = 64
    /// Values of any kind; bounds memory, as `[[],[],...]` grows twentyfold when read.
    package var valueCountMax = 4_000_000
    /// Length of one number; Double needs 17 digits, the widest database number 131072.
    package var numberByteCountMax = 1024

    package init() {}
}

enum Limits {
    /// Room made for a text at first; most are short.
    static let serializedByteCountExpected = 512
    /// Exponents beyond it make no whole number that fits, whatever the digits before them.
    static let exponentMax = 1 << 20
}
