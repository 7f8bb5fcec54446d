/// A GGUF model: metadata and the places of its tensors, over read-only mappings.
///
/// The files are untrusted. Every number in them is checked before it is used, nothing is
/// allocated in proportion to a number a file merely claims, and any violation is a
/// ``ModelError``. Opening reads headers and tables only; the weights are paged in when they are
/// first touched.
///
/// Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3.
package final class ModelFile: Sendable {
    package let metadata: Metadata
    package let tensors: [String: TensorInfo]
    /// One file, or all those of a split model in order.
    private let parts: [MappedFile]

    /// Maps the file and checks its header, metadata and tensor table.
    ///
    /// - Parameter path: The file; of a split model the first one, which brings the others.
    /// - Throws: ``ModelError``, of which ``ModelError/notFirstPart(path:part:count:first:)`` and
    ///   ``ModelError/missingPart(path:part:count:missing:reason:)`` are for split models alone.
    package init(path: String) throws(ModelError) {
        let file = try MappedFile(path: path)
        let contents = try Parser.parse(file)
        metadata = contents.metadata
        guard let split = try SplitModel(metadata) else {
            (parts, tensors) = ([file], contents.tensors)
            return
        }
        let first = split.path(of: 0, from: path)
        guard split.part == 0 else {
            throw .notFirstPart(
                path: path, part: split.part + 1, count: split.count,
                first: first ?? "the file that ends with \(SplitModel.ending(0, of: split.count))")
        }
        guard first != nil else {
            throw .malformed(
                path: path, place: "the file name",
                reason: "of a split model's first part must end with "
                    + SplitModel.ending(0, of: split.count))
        }
        var parts = [file]
        var tensors = contents.tensors
        for part in 1..<split.count {
            let (file, more) = try Self.part(part, of: split, beginning: path)
            for (name, tensor) in more.tensors {
                guard tensors.updateValue(tensor, forKey: name) == nil else {
                    throw .malformed(
                        path: file.path, place: "tensor \(name.excerpt)",
                        reason: "is in an earlier part as well")
                }
            }
            parts.append(file)
        }
        guard tensors.count == split.tensorCount else {
            throw .malformed(
                path: path, place: "split.tensors.count",
                reason: "is \(split.tensorCount), but all parts hold \(tensors.count)")
        }
        (self.parts, self.tensors) = (parts, tensors)
    }

    /// Opens a later part and checks that it belongs to the first.
    private static func part(
        _ part: Int, of split: SplitModel, beginning path: String
    ) throws(ModelError) -> (MappedFile, Parser.Contents) {
        let partPath = split.path(of: part, from: path) ?? path
        let file: MappedFile
        do {
            file = try MappedFile(path: partPath)
        } catch {
            let reason =
                if case .cannotOpen(_, let reason) = error { reason } else { "\(error)" }
            throw .missingPart(
                path: path, part: part + 1, count: split.count, missing: partPath, reason: reason)
        }
        let contents = try Parser.parse(file, part: part)
        guard let own = try SplitModel(contents.metadata), own.part == part,
            own.count == split.count, own.tensorCount == split.tensorCount
        else {
            throw .malformed(
                path: partPath, place: "split.no, split.count or split.tensors.count",
                reason: "is not that of part \(part + 1) of \(path)")
        }
        return (file, contents)
    }

    /// Path of the file, of a split model the first one.
    package var path: String { metadata.path }

    /// Paths of all files.
    package var paths: [String] { parts.map(\.path) }

    /// Size of all files together.
    package var byteCount: Int { parts.reduce(0) { $0 + $1.bytes.count } }

    /// A tensor's bytes in the mapping; valid as long as this object lives.
    ///
    /// - Precondition: `tensor` is one of ``tensors``.
    package func bytes(of tensor: TensorInfo) -> UnsafeRawBufferPointer {
        precondition(tensors[tensor.name] == tensor, "tensor of another file")
        return UnsafeRawBufferPointer(
            rebasing: parts[tensor.part].bytes[tensor.offset..<tensor.offset + tensor.byteCount])
    }
}
