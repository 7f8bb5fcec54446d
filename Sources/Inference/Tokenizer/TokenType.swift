/// What a token of a vocabulary stands for; the raw value is that of GGUF files.
///
/// Source: GGUF v3, `tokenizer.ggml.token_type`.
enum TokenType: UInt8, Sendable {
    case undefined = 0
    case normal = 1
    case unknown = 2
    /// Structure, not text: begin and end of a message, of a document.
    case control = 3
    /// Text that is always one token, whatever stands around it.
    case userDefined = 4
    case unused = 5
    /// One byte, for text that the vocabulary has no token for.
    case byte = 6
}
