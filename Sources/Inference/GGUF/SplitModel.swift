/// What each file of a split model says about the whole.
///
/// Parts are called `NAME-00001-of-00003.gguf` and lie in one directory. The first one has all
/// metadata of the model; every one has these three keys and some of the tensors.
///
/// Source: `gguf-split` of https://github.com/ggml-org/llama.cpp.
struct SplitModel: Equatable {
    /// This file's number, counted from 0.
    let part: Int
    /// Files of the model.
    let count: Int
    /// Tensors in all files together.
    let tensorCount: Int

    /// Reads the keys of a file, nil when it is a model of its own.
    init?(_ metadata: Metadata) throws(ModelError) {
        let parts = 0...Limits.parts.upperBound
        guard let count = try metadata.integer("split.count", in: parts), count > 1 else {
            return nil
        }
        self.count = count
        part = try metadata.requiredInteger("split.no", in: 0...count - 1)
        tensorCount = try metadata.requiredInteger(
            "split.tensors.count", in: 0...Limits.tensors)
    }

    /// The path of another part, given the path of this one; nil when its name is not that of a
    /// part.
    func path(of other: Int, from path: String) -> String? {
        let ending = Self.ending(part, of: count)
        guard path.hasSuffix(ending) else { return nil }
        return String(path.dropLast(ending.count)) + Self.ending(other, of: count)
    }

    /// The end of a part's file name, `-00001-of-00003.gguf` for the first of three.
    static func ending(_ part: Int, of count: Int) -> String {
        func digits(_ number: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        }
        return "-\(digits(part + 1))-of-\(digits(count)).gguf"
    }
}
