/// A file that cannot be used, and why.
package enum FileError: Error, Equatable {
    case unreadable(path: String, reason: String, isMissing: Bool)
    case notRegular(path: String)
    case tooLarge(path: String, bytesMax: Int)

    package var isTransient: Bool { false }

    package var isMissing: Bool {
        if case .unreadable(_, _, let isMissing) = self { isMissing } else { false }
    }
}

extension FileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason, _): "cannot read \(name(path)): \(reason)"
        case .notRegular(let path): "\(name(path)) is not a regular file"
        case .tooLarge(let path, let bytesMax): "\(name(path)) is larger than \(bytesMax) bytes"
        }
    }

    private func name(_ path: String) -> String {
        quoted(path, charactersMax: Limits.pathCharacters)
    }
}
