/// A family of transformers that docket can run, by its name in GGUF files.
///
/// Hyperparameters and tensors differ from family to family; everything that does hangs on this
/// type, so another family is another case and the compiler names the places to fill in.
package enum Architecture: String, CaseIterable, Sendable {
    /// SmolLM2, Llama 3, Mistral 7B, TinyLlama.
    case llama
}
