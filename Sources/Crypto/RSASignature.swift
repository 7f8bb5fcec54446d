import COpenSSL

/// How an RSA key signs, by the names of JSON Web Algorithms.
///
/// Source: RFC 7518 §3.3 and §3.5.
package enum RSASignature: String, Sendable {
    /// PKCS #1 v1.5 padding.
    case rs256 = "RS256"
    /// PSS padding with MGF1 by SHA-256 and a salt as long as the hash.
    case ps256 = "PS256"

    func configure(_ settings: OpaquePointer?) -> Bool {
        switch self {
        case .rs256: EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) == 1
        case .ps256:
            EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(settings, EVP_sha256()) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, Limits.pssSaltByteCount) == 1
        }
    }
}
