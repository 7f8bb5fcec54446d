import Foundation
import Inference

/// A model file to be damaged, and where its numbers are.
struct Sample {
    let name: String
    let bytes: [UInt8]
    /// Bytes before the first tensor's data; the whole file where it cannot be read.
    let headerByteCount: Int
    /// Places right behind each metadata key: its type tag, and then its value.
    let valueOffsets: [Int]
    /// Whether it is a model with all its weights.
    let isGood: Bool

    init(_ url: URL) throws {
        name = url.lastPathComponent
        let data = try Data(contentsOf: url)
        bytes = Array(data)
        guard let file = try? ModelFile(path: url.path) else {
            (headerByteCount, valueOffsets, isGood) = (bytes.count, [], false)
            return
        }
        isGood = (try? Hyperparameters(file)) != nil
        headerByteCount = file.tensors.values.map(\.offset).min() ?? bytes.count
        valueOffsets = file.metadata.keys.compactMap {
            data.firstRange(of: Data($0.utf8))?.upperBound
        }
    }
}

/// Random damage to the bytes of a file.
enum Mutation {
    /// Numbers on which arithmetic goes wrong.
    private static let edges: [UInt64] = [
        0, 1, 2, 3, 4, 7, 8, 12, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7FFF, 0xFFFF, 0x10000,
        0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 1 << 40, 1 << 61, 1 << 62,
        (1 << 63) - 1, 1 << 63, .max - 31, .max - 7, .max,
        // NaN, infinity, a denormal and the greatest of floats, twice over.
        0x7FC0_0000_7FC0_0000, 0x7F80_0000_7F80_0000, 0x0000_0001_0000_0001,
        0x7F7F_FFFF_7F7F_FFFF,
    ]

    /// A damaged copy of `sample`; `donor` lends bytes.
    static func apply(to sample: Sample, donor: Sample, _ random: inout SplitMix) -> [UInt8] {
        var bytes = sample.bytes
        // Most files should still be read, so that what is behind the reader is reached as well.
        for _ in 0...(random.oneIn(3) ? random.index(5) : 0) where !bytes.isEmpty {
            change(&bytes, sample, donor, &random)
        }
        return bytes
    }

    private static func change(
        _ bytes: inout [UInt8], _ sample: Sample, _ donor: Sample, _ random: inout SplitMix
    ) {
        // The tables are small beside the weights.
        let end = random.oneIn(4) ? bytes.count : min(bytes.count, sample.headerByteCount)
        let place = random.index(end)
        switch random.index(12) {
        case 0: bytes[place] ^= 1 << UInt8(random.index(8))
        case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 2, 3: write(number(&random), at: place, &bytes, &random)
        case 4, 5, 6, 7:
            let offset = sample.valueOffsets.randomElement(using: &random) ?? place
            // The tag, the value, an array's element type, its count, its first elements.
            let skip = [0, 4, 4, 4, 8, 16, 24].randomElement(using: &random) ?? 0
            write(number(&random), at: offset + skip, &bytes, &random)
        case 8: bytes.removeSubrange(place...)
        case 9: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.index(16)))
        case 10:
            let start = random.index(donor.headerByteCount)
            let count = random.index(min(64, donor.bytes.count - start))
            let lent = donor.bytes[start..<start + count]
            if random.oneIn(2) {
                bytes.insert(contentsOf: lent, at: place)
            } else {
                bytes.replaceSubrange(place..<min(bytes.count, place + count), with: lent)
            }
        default:
            let count = random.index(64)
            let source = random.index(end)
            let lent = Array(bytes[source..<min(bytes.count, source + count)])
            bytes.replaceSubrange(place..<min(bytes.count, place + lent.count), with: lent)
        }
    }

    private static func number(_ random: inout SplitMix) -> UInt64 {
        let edge = edges.randomElement(using: &random) ?? 0
        return random.oneIn(3) ? UInt64(random.index(1024)) : edge
    }

    /// Overwrites one to eight bytes with a little-endian number.
    private static func write(
        _ number: UInt64, at place: Int, _ bytes: inout [UInt8], _ random: inout SplitMix
    ) {
        let width = [1, 2, 4, 4, 8].randomElement(using: &random) ?? 4
        for index in 0..<width where place + index < bytes.count {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
        }
    }
}
