extension Limits {
    /// Elements and attributes of a schema, which has a dozen attributes for each property.
    static let schemaNodeCountMax = 4_000_000
    /// Types that inherit from each other.
    static let schemaInheritanceMax = 32
    /// Bytes looked at to find out what a body is.
    static let sniffedByteCountMax = 1024
    /// Bytes read of an HTML page to say what it is about.
    static let htmlByteCountMax = 1 << 16
    /// Of the place of an open link: names multiply where there are many.
    static let linkPathByteCountMax = 256
    /// Messages read of one failure or header.
    static let noticesMax = 64
}
