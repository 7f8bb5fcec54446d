import COpenSSL

/// An X.509 certificate, read from PEM text.
package struct Certificate: Sendable, Equatable {
    /// The certificate itself, as its fingerprints are made of it.
    package let der: [UInt8]

    /// Reads the first certificate of the text.
    ///
    /// - Throws: ``CryptoError/certificate(_:)``
    package init(pem: [UInt8]) throws(CryptoError) {
        var isEncrypted = false
        let handle = readPEM(pem, wantsPassphrase: &isEncrypted) {
            PEM_read_bio_X509($0, nil, notePassphrase, $1)
        }
        guard let handle else { throw .certificate(.notPEM) }
        defer { X509_free(handle) }
        let count = Int(i2d_X509(handle, nil))
        guard count > 0 else { throw .certificate(.notPEM) }
        der = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            // OpenSSL moves the pointer to the end of what it wrote.
            var end = buffer.baseAddress
            initializedCount = max(0, Int(i2d_X509(handle, &end)))
        }
    }

    /// The SHA-1 of the certificate, 20 bytes: a name (`x5t`, RFC 7515 §4.1.7), no protection.
    package func sha1() throws(CryptoError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        guard EVP_Digest(der, der.count, &digest, nil, EVP_sha1(), nil) == 1 else {
            throw .unavailable("SHA-1 is switched off in OpenSSL's configuration")
        }
        return digest
    }

    /// The SHA-256 of the certificate, 32 bytes (`x5t#S256`, RFC 7515 §4.1.8).
    package func sha256() throws(CryptoError) -> [UInt8] { try Crypto.sha256(der) }

    /// Demands that the key is the one the certificate was made for.
    ///
    /// - Throws: ``CryptoError/certificate(_:)``
    package func requireKey(_ key: borrowing RSAPrivateKey) throws(CryptoError) {
        let handle = key.handle
        let isItsOwn = withHandle { X509_check_private_key($0, handle) == 1 }
        guard isItsOwn else { throw .certificate(.ofAnotherKey) }
    }

    /// Whether the signature of the message was made with the certificate's private key.
    package func verifies(
        _ signature: [UInt8], of message: [UInt8], by algorithm: RSASignature
    ) -> Bool {
        withHandle { handle in
            guard let key = X509_get0_pubkey(handle), EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA,
                let context = EVP_MD_CTX_new()
            else { return false }
            defer { EVP_MD_CTX_free(context) }
            var settings: OpaquePointer?
            return EVP_DigestVerifyInit(context, &settings, EVP_sha256(), nil, key) == 1
                && algorithm.configure(settings)
                && EVP_DigestVerify(
                    context, signature, signature.count, message, message.count) == 1
        }
    }

    private func withHandle(_ body: (OpaquePointer) -> Bool) -> Bool {
        defer { ERR_clear_error() }
        let handle = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_X509(nil, &start, buffer.count)
        }
        guard let handle else { return false }
        defer { X509_free(handle) }
        return body(handle)
    }
}
