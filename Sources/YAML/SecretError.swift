/// A reference that cannot be resolved, where it stands, and the remedy.
package struct SecretError: Error, Equatable {
    package enum Problem: Error, Equatable {
        case variableUnset(String)
        case noCredentials(Reference)
        case file(Reference, FileError)
        case readableByOthers(String)
        case notText(String)
        case empty(Reference)
    }

    package let problem: Problem
    package let location: Location

    package var isTransient: Bool { false }

    package var diagnostic: Diagnostic {
        Diagnostic(.error, at: location, problem.message, help: problem.remedy)
    }
}

extension SecretError: CustomStringConvertible {
    package var description: String { "\(location): \(problem.message); \(problem.remedy)" }
}

extension SecretError.Problem {
    var message: String {
        switch self {
        case .variableUnset(let name): "the environment has no variable \(quoted(name))"
        case .noCredentials(let reference):
            "\(quoted("\(reference)")) needs systemd's credentials directory, and there is none"
        case .file(let reference, let error): "\(quoted("\(reference)")): \(error)"
        case .readableByOthers(let path):
            "\(quoted(path, charactersMax: Limits.pathCharacters)) can be read by every user"
        case .notText(let path):
            "\(quoted(path, charactersMax: Limits.pathCharacters)) does not hold UTF-8 text"
        case .empty(let reference): "\(quoted("\(reference)")) is empty"
        }
    }

    var remedy: String {
        switch self {
        case .variableUnset: "set it where the program is started"
        case .noCredentials(let reference):
            "add `LoadCredential=\(reference.name):PATH` to the service, "
                + "or set CREDENTIALS_DIRECTORY"
        case .file(let reference, let error):
            switch (reference.kind, error.isMissing) {
            case (.credential, true): "add `LoadCredential=\(reference.name):PATH` to the service"
            case (_, true): "create the file with mode 0600, owned by the user of the service"
            default: "make it a regular file that the user of the service can read"
            }
        case .readableByOthers(let path): "chmod 0600 \(path)"
        case .notText: "write the secret into it as text, on one line"
        case .empty(let reference):
            reference.kind == .env ? "give the variable a value" : "write the value into the file"
        }
    }
}
