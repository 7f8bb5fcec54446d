/// Looks up what references stand for.
package struct References: Sendable {
    private let environment: [String: String]

    /// - Parameter environment: The variables `${env:...}` may name, and `CREDENTIALS_DIRECTORY`.
    package init(environment: [String: String]) { self.environment = environment }

    /// The text a reference stands for, without one trailing line break.
    ///
    /// - Parameters:
    ///   - reference: What to look up.
    ///   - path: The file that refers to it; relative paths start from its folder.
    /// - Returns: Text of 1 to ``Limits/secretBytes`` bytes.
    /// - Throws: ``SecretError/Problem`` with the remedy.
    func value(
        of reference: Reference, from path: String
    ) throws(SecretError.Problem) -> String {
        switch reference.kind {
        case .env:
            guard let value = environment[reference.name] else {
                throw .variableUnset(reference.name)
            }
            guard !value.isEmpty else { throw .empty(reference) }
            return value
        case .credential:
            guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else {
                throw .noCredentials(reference)
            }
            return try read("\(folder)/\(reference.name)", for: reference).text
        case .file:
            let file = absolute(reference.name, from: path)
            let (text, isReadableByOthers) = try read(file, for: reference)
            guard !isReadableByOthers else { throw .readableByOthers(file) }
            return text
        }
    }

    private func read(
        _ path: String, for reference: Reference
    ) throws(SecretError.Problem) -> (text: String, isReadableByOthers: Bool) {
        let content: FileContent
        do {
            content = try FileContent(at: path, bytesMax: Limits.secretBytes)
        } catch {
            throw .file(reference, error)
        }
        guard var text = String(validating: content.bytes, as: UTF8.self), !text.contains("\0")
        else {
            throw .notText(path)
        }
        // A line feed after a carriage return is one character to Swift.
        if let last = text.last, last == "\n" || last == "\r\n" { text.removeLast() }
        guard !text.isEmpty else { throw .empty(reference) }
        return (text, content.isReadableByOthers)
    }
}

/// A path as seen from the folder of another file.
package func absolute(_ name: String, from path: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
}
