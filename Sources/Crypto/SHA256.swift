import COpenSSL

/// SHA-256 of bytes that come in parts (FIPS 180-4), by OpenSSL.
package struct SHA256: ~Copyable {
    private let context: OpaquePointer

    // Looked up once, as OpenSSL 3 takes longer to find an algorithm than to hash a line. Never
    // freed, and never changed.
    private nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// Bytes of a digest.
    package static let byteCount = 32

    package init() throws(CryptoError) {
        guard let context = EVP_MD_CTX_new() else { throw .unavailable("no memory") }
        guard EVP_DigestInit_ex(context, Self.algorithm, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw .unavailable("SHA-256 is switched off in OpenSSL's configuration")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: [UInt8]) throws(CryptoError) {
        try update(bytes.span)
    }

    package mutating func update(_ text: String) throws(CryptoError) {
        try update(text.utf8.span)
    }

    package mutating func update(_ bytes: Span<UInt8>) throws(CryptoError) {
        let isDone = bytes.withUnsafeBufferPointer {
            EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1
        }
        guard isDone else { throw .unavailable("OpenSSL refused to hash") }
    }

    /// The digest of everything so far, 32 bytes.
    package consuming func finish() throws(CryptoError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
            throw .unavailable("OpenSSL refused to hash")
        }
        return digest
    }
}

/// The SHA-256 of the bytes, 32 bytes.
package func sha256(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    var hash = try SHA256()
    try hash.update(bytes)
    return try hash.finish()
}

/// The SHA-256 of the text in UTF-8, 32 bytes.
package func sha256(_ text: String) throws(CryptoError) -> [UInt8] {
    var hash = try SHA256()
    try hash.update(text)
    return try hash.finish()
}
