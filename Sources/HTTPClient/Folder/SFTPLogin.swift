import Glibc

/// As whom to read on an SFTP server, and how to know the server.
package struct SFTPLogin: Sendable {
    package enum Proof: Sendable {
        /// By SSH's method of that name alone; a server that asks questions instead
        /// (`keyboard-interactive`) refuses it. Never sent again by the same folder once it was
        /// refused.
        case password(String)
        /// The path of a private key without passphrase, Ed25519 or ECDSA.
        case keyFile(String)
    }

    let user: String
    let proof: Proof
    let knownHosts: String

    /// Checks nothing yet.
    ///
    /// - Parameters:
    ///   - user: On the server.
    ///   - proof: That it is us.
    ///   - knownHosts: The path of a file of OpenSSH's form; a server that is not in it, or has
    ///     another key there, is refused.
    package init(user: String, proof: Proof, knownHosts: String) {
        (self.user, self.proof, self.knownHosts) = (user, proof, knownHosts)
    }

    func checked() throws(FolderError) -> SFTPLogin {
        guard !user.isEmpty else { throw .badOption(name: "user", reason: "it is empty") }
        try requireReadable("known_hosts", knownHosts)
        if case .keyFile(let path) = proof { try requireReadable("private_key", path) }
        return self
    }
}

private func requireReadable(_ name: String, _ path: String) throws(FolderError) {
    guard access(path, R_OK) == 0 else {
        throw .badOption(name: name, reason: "\(path): \(String(cString: strerror(errno)))")
    }
}
