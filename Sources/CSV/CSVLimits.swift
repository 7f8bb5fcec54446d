/// How much of one row docket reads before it gives up.
package struct CSVLimits: Sendable {
    /// Length of one field's text.
    package var fieldByteCountMax = 16 << 20
    /// Length of all fields of a row together.
    package var rowByteCountMax = 64 << 20
    package var fieldCountMax = 16_384

    package init() {}
}
