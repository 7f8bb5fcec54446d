import Testing

/// A change to a good file, and words of the message that refuses it.
struct GGUFDamage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let words: String
    let change: @Sendable (inout GGUFWriter) -> Void

    init(
        _ description: String, _ words: String,
        _ change: @escaping @Sendable (inout GGUFWriter) -> Void
    ) {
        (testDescription, self.words, self.change) = (description, words, change)
    }
}
