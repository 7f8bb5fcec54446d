enum Limits {
    /// Text given back for one document; what is longer is cut.
    static let textByteCountMax = 4 << 20
    /// Elements open at once that matter to the layout; browsers stop at 512 as well.
    static let openElementsMax = 512
    /// Quotes and lists within each other that show at the beginning of a line.
    static let indentsMax = 8
    /// White space kept in a row where it may carry meaning, in preformatted text.
    static let spaceRunMax = 256
    /// Combining marks on one character; Unicode's stream-safe text has 30 (UAX #15 §13).
    static let combiningMarksMax = 30
    /// Cells without text shown in a row.
    static let emptyCellsMax = 64
    /// Longest link target worth its place in a text; longer ones are tracking codes.
    static let linkByteCountMax = 512
    /// Pixels up to which an image is taken for a beacon.
    static let beaconPixelsMax = 2
}
