import COpenSSL

/// An RSA key to sign with, read from PEM text.
package struct RSAPrivateKey: ~Copyable {
    let handle: OpaquePointer

    /// Reads the first private key of the text, in PKCS#8 (`PRIVATE KEY`) or PKCS#1
    /// (`RSA PRIVATE KEY`).
    ///
    /// - Throws: ``CryptoError/key(_:)``; an encrypted key is refused.
    package init(pem: [UInt8]) throws(CryptoError) {
        var isEncrypted = false
        let key = readPEM(pem, wantsPassphrase: &isEncrypted) {
            PEM_read_bio_PrivateKey($0, nil, notePassphrase, $1)
        }
        guard let key else { throw .key(isEncrypted ? .encrypted : .notPEM) }
        let (kind, bits) = (EVP_PKEY_get_base_id(key), Int(EVP_PKEY_get_bits(key)))
        guard kind == EVP_PKEY_RSA, bits >= Limits.keyBitsMin else {
            EVP_PKEY_free(key)
            throw .key(kind == EVP_PKEY_RSA ? .tooShort(bits: bits) : .notRSA)
        }
        handle = key
    }

    deinit { EVP_PKEY_free(handle) }

    /// Signs the SHA-256 of the message.
    ///
    /// - Returns: As many bytes as the key's modulus.
    /// - Throws: ``CryptoError/cannotSign(algorithm:)``.
    package func sign(
        _ message: [UInt8], by algorithm: RSASignature
    ) throws(CryptoError) -> [UInt8] {
        defer { ERR_clear_error() }
        var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(handle)))
        var count = signature.count
        guard let context = EVP_MD_CTX_new() else { throw .unavailable("no memory") }
        defer { EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        guard EVP_DigestSignInit(context, &settings, EVP_sha256(), nil, handle) == 1,
            algorithm.configure(settings),
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { throw .cannotSign(algorithm: algorithm.rawValue) }
        return Array(signature.prefix(count))
    }
}
