import Foundation
import Inference

/// Writes small GGUF files, right and wrong ones.
struct GGUFWriter {
    /// A metadata value with its type tag.
    enum Value: Sendable {
        case uint8(UInt8)
        case uint16(UInt16)
        case int32(Int32)
        case uint32(UInt32)
        case uint64(UInt64)
        case float(Float)
        case bool(UInt8)
        case string(String)
        case strings([String])
        case bools([UInt8])
        case int32s([Int32])
        case floats([Float])
    }

    var entries: [(key: String, value: Value)] = []
    /// Each with its offset in the data section; element type F32.
    var tensors: [(name: String, shape: [Int], offset: Int)] = []
    var version: UInt32 = 3
    /// Bytes of the data section, zero where ``values`` names no tensor.
    var dataByteCount = 0
    /// Elements of tensors, as many as their shapes call for.
    var values: [String: [Float]] = [:]

    /// A llama of one layer, width 4, 2 heads, feed-forward 6, three tokens.
    static func llama() -> GGUFWriter {
        var writer = GGUFWriter()
        writer.entries = [
            ("general.architecture", .string("llama")),
            ("llama.block_count", .uint32(1)),
            ("llama.context_length", .uint32(16)),
            ("llama.embedding_length", .uint32(4)),
            ("llama.feed_forward_length", .uint32(6)),
            ("llama.attention.head_count", .uint32(2)),
            ("llama.attention.layer_norm_rms_epsilon", .float(1e-5)),
            ("tokenizer.ggml.model", .string("gpt2")),
            ("tokenizer.ggml.pre", .string("smollm")),
            ("tokenizer.ggml.tokens", .strings(["a", "b", "ab"])),
            ("tokenizer.ggml.merges", .strings(["a b"])),
        ]
        let shapes: [(String, [Int])] = [
            ("token_embd.weight", [4, 3]), ("output_norm.weight", [4]),
            ("blk.0.attn_norm.weight", [4]), ("blk.0.attn_q.weight", [4, 4]),
            ("blk.0.attn_k.weight", [4, 4]), ("blk.0.attn_v.weight", [4, 4]),
            ("blk.0.attn_output.weight", [4, 4]), ("blk.0.ffn_norm.weight", [4]),
            ("blk.0.ffn_gate.weight", [4, 6]), ("blk.0.ffn_up.weight", [4, 6]),
            ("blk.0.ffn_down.weight", [6, 4]),
        ]
        for (name, shape) in shapes { writer.add(name, shape) }
        return writer
    }

    /// Adds a tensor behind the others.
    mutating func add(_ name: String, _ shape: [Int]) {
        tensors.append((name, shape, dataByteCount))
        dataByteCount += (shape.reduce(4, *) + 31) / 32 * 32
    }

    /// Puts a value in the place of the key's present one, or behind the others.
    mutating func set(_ key: String, _ value: Value) {
        entries.removeAll { $0.key == key }
        entries.append((key, value))
    }

    var bytes: Data {
        var data = Data("GGUF".utf8)
        append(version, to: &data)
        append(UInt64(tensors.count), to: &data)
        append(UInt64(entries.count), to: &data)
        for (key, value) in entries {
            append(key, to: &data)
            append(value, to: &data)
        }
        for tensor in tensors {
            append(tensor.name, to: &data)
            append(UInt32(tensor.shape.count), to: &data)
            for size in tensor.shape { append(UInt64(size), to: &data) }
            append(ElementType.f32.rawValue, to: &data)
            append(UInt64(tensor.offset), to: &data)
        }
        data.append(Data(count: (32 - data.count % 32) % 32))
        let start = data.count
        data.append(Data(count: dataByteCount))
        for tensor in tensors {
            for (index, value) in (values[tensor.name] ?? []).enumerated() {
                let place = start + tensor.offset + index * 4
                withUnsafeBytes(of: value.bitPattern.littleEndian) {
                    data.replaceSubrange(place..<place + 4, with: $0)
                }
            }
        }
        return data
    }

    /// Opens the file as a model.
    func open() throws -> ModelFile {
        try GGUFVectors.withFile(bytes) { try ModelFile(path: $0) }
    }

    private func append(_ value: Value, to data: inout Data) {
        func tagged(_ tag: UInt32, _ number: some FixedWidthInteger) {
            append(tag, to: &data)
            append(number, to: &data)
        }
        func array(_ tag: UInt32, count: Int) {
            append(UInt32(9), to: &data)
            tagged(tag, UInt64(count))
        }
        switch value {
        case .uint8(let number): tagged(0, number)
        case .uint16(let number): tagged(2, number)
        case .int32(let number): tagged(5, number)
        case .uint32(let number): tagged(4, number)
        case .uint64(let number): tagged(10, number)
        case .float(let number): tagged(6, number.bitPattern)
        case .bool(let byte): tagged(7, byte)
        case .string(let text):
            append(UInt32(8), to: &data)
            append(text, to: &data)
        case .strings(let texts):
            array(8, count: texts.count)
            for text in texts { append(text, to: &data) }
        case .bools(let bytes):
            array(7, count: bytes.count)
            data.append(contentsOf: bytes)
        case .int32s(let numbers):
            array(5, count: numbers.count)
            for number in numbers { append(number, to: &data) }
        case .floats(let numbers):
            array(6, count: numbers.count)
            for number in numbers { append(number.bitPattern, to: &data) }
        }
    }

    private func append(_ number: some FixedWidthInteger, to data: inout Data) {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }

    private func append(_ text: String, to data: inout Data) {
        append(UInt64(text.utf8.count), to: &data)
        data.append(contentsOf: text.utf8)
    }
}
