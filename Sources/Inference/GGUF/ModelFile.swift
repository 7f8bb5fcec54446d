/// A GGUF file: metadata and the places of its tensors, over a read-only mapping.
///
/// The file is untrusted. Every number in it is checked before it is used, nothing is allocated
/// in proportion to a number the file merely claims, and any violation is a ``ModelError``.
/// Opening reads header and tables only; the weights are paged in when they are first touched.
///
/// Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3.
package final class ModelFile: Sendable {
    package let metadata: Metadata
    package let tensors: [String: TensorInfo]
    private let file: MappedFile

    /// Maps the file and checks its header, metadata and tensor table.
    package init(path: String) throws(ModelError) {
        file = try MappedFile(path: path)
        let contents = try Parser.parse(file)
        metadata = Metadata(file: file, entries: contents.entries)
        tensors = contents.tensors
    }

    package var path: String { file.path }

    /// Size of the whole file.
    package var byteCount: Int { file.bytes.count }

    /// A tensor's bytes in the mapping; valid as long as this object lives.
    ///
    /// - Precondition: `tensor` is one of ``tensors``.
    package func bytes(of tensor: TensorInfo) -> UnsafeRawBufferPointer {
        precondition(tensors[tensor.name] == tensor, "tensor of another file")
        return UnsafeRawBufferPointer(
            rebasing: file.bytes[tensor.offset..<tensor.offset + tensor.byteCount])
    }
}
