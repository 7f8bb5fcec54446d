/// Readable text, as long as its limit allows.
///
/// It is NFC, its lines end with a line feed and have no space before it, there is at most one
/// empty line in a row, and no character is invisible: no controls but tab and line feed, no
/// bidirectional overrides, no zero-width spaces.
package struct ExtractedText: Sendable, Equatable {
    package let text: String
    /// Whether there was more.
    package let isTruncated: Bool
}
