/// A model file that docket refuses to run, the place in it, and what to do about it.
///
/// Every case about a file carries its path. None is transient: the same file gives the same
/// error until a person replaces it.
package enum ModelError: Error, Equatable {
    /// The operating system does not hand the file out; `reason` is its own message.
    case cannotOpen(path: String, reason: String)
    /// The path is a directory, pipe, socket or device.
    case notRegularFile(path: String)
    /// The file does not begin with the letters `GGUF`.
    case notGGUF(path: String)
    /// The container has a version other than 2 and 3.
    case unsupportedVersion(path: String, version: UInt32)
    /// The file ends before `place` does.
    case truncated(path: String, place: String)
    /// `place` asks for more than one of the ``Limits``.
    case overLimit(path: String, place: String, limit: Int)
    /// `place` breaks a rule of the format; `reason` says which.
    case malformed(path: String, place: String, reason: String)
    /// The file is a later part of a model that is split over several; `first` is the one to name.
    case notFirstPart(path: String, part: Int, count: Int, first: String)
    /// A part of the split model that begins with `path` cannot be read, for `reason`.
    case missingPart(path: String, part: Int, count: Int, missing: String, reason: String)
    /// A required metadata key is absent.
    case missingKey(path: String, key: String)
    /// A metadata value has another type than its key calls for.
    case wrongType(path: String, key: String, expected: String, actual: String)
    /// A metadata value lies outside of what `allowed` describes.
    case outOfRange(path: String, key: String, value: String, allowed: String)
    /// A tensor of the architecture is absent.
    case missingTensor(path: String, tensor: String)
    /// A tensor has another shape than the hyperparameters call for.
    case wrongShape(path: String, tensor: String, expected: [Int], actual: [Int])
    /// The file uses a feature docket does not have; `known` lists the choices it has.
    case unsupported(path: String, key: String, value: String, known: [String])
    /// The chat template is of no family docket writes, or there is none (`found` is nil).
    case unknownTemplate(path: String, found: String?)
    /// An adapter's tensor adds to none of the base model's matrices.
    case noBaseTensor(path: String, tensor: String)
    /// A tensor holds an infinite number or none at all.
    case notFinite(path: String, tensor: String)
    /// More positions are asked for than the model was trained for.
    case contextTooLong(path: String, wanted: Int, trained: Int)
    /// The operating system refuses as many bytes as model, cache and threads need.
    case outOfMemory(byteCount: Int)
    /// Weights, intermediate results and a cache for one context need more bytes than `bound`
    /// allows; nothing was read.
    case doesNotFit(path: String, needed: Int, bound: MemoryBound)
    /// The threads cannot be started, or the processor lacks the instructions.
    case cannotStart(threads: Int, variant: KernelVariant)

    /// Always false: no case passes by itself.
    package var isTransient: Bool { false }
}

extension ModelError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "\(path): cannot be read: \(reason); check the path and its permissions"
        case .notRegularFile(let path):
            "\(path): is not a regular file; name the .gguf file itself"
        case .notGGUF(let path):
            "\(path): is not a GGUF file; name the .gguf file itself or download it again"
        case .unsupportedVersion(let path, let version) where version.byteSwapped <= 3:
            "\(path): is big-endian GGUF; get the little-endian file of the model"
        case .unsupportedVersion(let path, let version):
            "\(path): has GGUF version \(version); convert the model to version 3"
        case .truncated(let path, let place):
            "\(path): file ends inside \(place): download it again"
        case .overLimit(let path, let place, let limit):
            "\(path): \(place) is over the limit of \(limit); the file is damaged or not for docket"
        case .malformed(let path, let place, let reason):
            "\(path): \(place) \(reason): download it again"
        case .notFirstPart(let path, let part, let count, let first):
            "\(path): is part \(part) of \(count) of a split model; name \(first)"
        case .missingPart(let path, let part, let count, let missing, let reason):
            "\(path): part \(part) of \(count), \(missing), cannot be read: \(reason); "
                + "put all parts into one directory"
        case .missingKey(let path, let key):
            "\(path): metadata key `\(key)` is missing; convert the model again"
        case .wrongType(let path, let key, let expected, let actual):
            "\(path): metadata key `\(key)` holds \(actual), expected \(expected); "
                + "convert the model again"
        case .outOfRange(let path, let key, let value, let allowed):
            "\(path): metadata key `\(key)` is \(value); allowed is \(allowed)"
        case .missingTensor(let path, let tensor):
            "\(path): tensor `\(tensor)` is missing; convert the model again"
        case .wrongShape(let path, let tensor, let expected, let actual):
            "\(path): tensor `\(tensor)` has shape \(actual), expected \(expected); "
                + "convert the model again"
        case .unsupported(let path, let key, let value, let known):
            "\(path): \(key) is \(value), which docket does not support; "
                + "choose a model with \(known.joined(separator: ", "))"
        case .unknownTemplate(let path, let found):
            "\(path): "
                + (found.map { "the chat template \($0) is of no family docket knows" }
                    ?? "the file has no chat template")
                + "; set `chat_template` to the one the model was trained with ("
                + ChatFamily.allCases.map(\.rawValue).joined(separator: ", ")
                + ") or choose another model"
        case .noBaseTensor(let path, let tensor):
            "\(path): tensor `\(tensor)` adds to no matrix of the model; "
                + "choose the model the adapter was made for"
        case .notFinite(let path, let tensor):
            "\(path): tensor `\(tensor)` holds a number that is not finite: download it again"
        case .contextTooLong(let path, let wanted, let trained):
            "\(path): the model was trained for a context of \(trained) tokens, fewer than "
                + "\(wanted); set `context_length: \(trained)` or choose another model"
        case .outOfMemory(let byteCount):
            "\(byteCount) bytes of memory were refused; lower `sequences` or `context_length`"
        case .doesNotFit(let path, let needed, let bound):
            "\(path): needs \(needed) bytes of memory with one context, \(bound); "
                + "lower `context_length` or choose a smaller model"
        case .cannotStart(let threads, let variant):
            "\(threads) threads with \(variant) cannot be started; lower `threads`"
        }
    }
}
