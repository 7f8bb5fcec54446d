import Foundation
import Inference

/// Splits a real model file as `gguf-split` does, metadata and weights untouched.
enum GGUFSplitter {
    /// Writes `count` parts to `folder`; the first has all metadata, all have their tensors.
    static func split(_ path: String, into count: Int, folder: URL) throws {
        let whole = try Data(contentsOf: URL(filePath: path))
        let file = try ModelFile(path: path)
        let tensors = file.tensors.values.sorted { $0.offset < $1.offset }
        // The metadata's entries, as they are: from behind the header to the first tensor's name.
        let first = try marker(tensors.map(\.name), in: whole)
        let entries = whole[24..<first]
        for part in 0..<count {
            let own = tensors.enumerated().filter { $0.offset % count == part }.map(\.element)
            var data = Data("GGUF".utf8)
            append(UInt32(3), to: &data)
            append(UInt64(own.count), to: &data)
            append(UInt64(3 + (part == 0 ? file.metadata.keys.count : 0)), to: &data)
            if part == 0 { data.append(entries) }
            for (key, tag, value) in [
                ("split.no", 2, part), ("split.count", 2, count),
                ("split.tensors.count", 5, tensors.count),
            ] {
                append(key, to: &data)
                append(UInt32(tag), to: &data)
                if tag == 2 {
                    append(UInt16(value), to: &data)
                } else {
                    append(Int32(value), to: &data)
                }
            }
            var offset = 0
            for tensor in own {
                append(tensor.name, to: &data)
                append(UInt32(tensor.shape.count), to: &data)
                for size in tensor.shape { append(UInt64(size), to: &data) }
                append(tensor.type.rawValue, to: &data)
                append(UInt64(offset), to: &data)
                offset += (tensor.byteCount + 31) / 32 * 32
            }
            for tensor in own {
                data.append(Data(count: (32 - data.count % 32) % 32))
                data.append(whole[tensor.offset..<tensor.offset + tensor.byteCount])
            }
            let name = GGUFSplitTests.name(part, of: count)
            try data.write(to: folder.appending(path: name))
        }
    }

    /// Where the tensor table begins.
    private static func marker(_ names: [String], in whole: Data) throws -> Int {
        struct NoTable: Error {}
        let places = names.compactMap { name in
            var prefixed = Data()
            append(name, to: &prefixed)
            return whole.firstRange(of: prefixed)?.lowerBound
        }
        guard let first = places.min() else { throw NoTable() }
        return first
    }

    private static func append(_ number: some FixedWidthInteger, to data: inout Data) {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to data: inout Data) {
        append(UInt64(text.utf8.count), to: &data)
        data.append(contentsOf: text.utf8)
    }
}
