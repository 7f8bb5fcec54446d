import Glibc

/// What could not be hashed, read or signed, and what to do about it.
package enum CryptoError: Error, Equatable, CustomStringConvertible {
    /// OpenSSL cannot serve: out of memory, or configured without the algorithm.
    case unavailable(String)
    case file(path: String, reason: String)
    /// A private key that cannot be used; says nothing of its content.
    case key(KeyFault)
    case certificate(CertificateFault)
    /// OpenSSL refused to sign with a key it had read.
    case cannotSign(algorithm: String)

    package enum KeyFault: Sendable, Equatable {
        case notPEM
        case encrypted
        case notRSA
        case tooShort(bits: Int)
    }

    package enum CertificateFault: Sendable, Equatable {
        case notPEM
        /// Its public key is not the private key's.
        case ofAnotherKey
    }

    static func lastFailure(ofFile path: String) -> CryptoError {
        .file(path: path, reason: String(cString: strerror(errno)))
    }

    /// Never: the file or the configuration wants mending first.
    package var isTransient: Bool { false }

    package var description: String {
        switch self {
        case .unavailable(let reason): "cannot hash: \(reason)"
        case .file(let path, let reason): "cannot hash \(path): \(reason)"
        case .key(let fault): "the private key cannot be used: \(fault.text)"
        case .certificate(let fault): "the certificate cannot be used: \(fault.text)"
        case .cannotSign(let algorithm):
            "OpenSSL refused to sign by \(algorithm); check its configuration (openssl.cnf)"
        }
    }
}

extension CryptoError.KeyFault {
    fileprivate var text: String {
        switch self {
        case .notPEM:
            "there is none in PEM form; give the file that begins with "
                + "-----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----"
        case .encrypted:
            "it is encrypted, and docket has nobody to ask for the passphrase; write it without "
                + "one by `openssl pkey -in KEY -out PLAIN`, readable by docket alone"
        case .notRSA:
            "it is no RSA key; make one by `openssl genrsa -out KEY 3072` and register its "
                + "certificate"
        case .tooShort(let bits):
            "it has \(bits) bits, of which \(Limits.keyBitsMin) are the least; make one by "
                + "`openssl genrsa -out KEY 3072` and register its certificate"
        }
    }
}

extension CryptoError.CertificateFault {
    fileprivate var text: String {
        switch self {
        case .notPEM:
            "there is none in PEM form; give the file that begins with "
                + "-----BEGIN CERTIFICATE-----, or convert it by "
                + "`openssl x509 -inform DER -in CERTIFICATE -out PEM`"
        case .ofAnotherKey:
            "it belongs to another private key; give the certificate and the key that were made "
                + "together"
        }
    }
}
