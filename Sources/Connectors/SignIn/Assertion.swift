import Crypto
import FoundationEssentials
import JSON

/// A JSON Web Token that stands for a client's secret (RFC 7519, RFC 7523 §3).
enum Assertion {
    /// Of the client about itself, by a certificate that the token endpoint knows.
    ///
    /// - Throws: `CryptoError` where the certificate or its key cannot be used.
    static func client(
        id: String, audience: String, certificate: [UInt8], key: [UInt8], now: Date,
        identifier: String
    ) throws(CryptoError) -> String {
        let certificate = try Certificate(pem: certificate)
        let key = try RSAPrivateKey(pem: key)
        try certificate.requireKey(key)
        let second = wholeSecond(now)
        return try signed(
            header: [
                "alg": "PS256", "typ": "JWT",
                "x5t#S256": .string(base64url(try certificate.sha256())),
            ],
            claims: [
                "aud": .string(audience), "iss": .string(id), "sub": .string(id),
                "jti": .string(identifier), "nbf": JSON(second), "iat": JSON(second),
                "exp": JSON(second + Limits.clientAssertionLifetime),
            ], by: .ps256, key)
    }

    /// Of the client about a user who trusts it.
    ///
    /// - Throws: `CryptoError` where the key cannot be used.
    static func user(
        _ subject: String, client id: String, audience: String, key: [UInt8], now: Date
    ) throws(CryptoError) -> String {
        let key = try RSAPrivateKey(pem: key)
        // Compared as text by who reads it, and registered without a slash.
        let audience = String(audience.reversed().drop { $0 == "/" }.reversed())
        return try signed(
            header: ["alg": "RS256", "typ": "JWT"],
            claims: [
                "iss": .string(id), "sub": .string(subject), "aud": .string(audience),
                "exp": JSON(wholeSecond(now) + Limits.userAssertionLifetime),
            ], by: .rs256, key)
    }

    /// A random UUID (RFC 9562 §5.4) of numbers in 0..<1.
    static func identifier(_ fraction: () -> Double) -> String {
        var bytes = (0..<16).map { _ in UInt8((fraction() * 256).clamped(to: 0...255)) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(hexadecimal(bytes))
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(digits[$0]) }.joined(separator: "-")
    }

    private static func wholeSecond(_ now: Date) -> Int {
        Int(now.timeIntervalSince1970.clamped(to: 0...1e11))
    }

    private static func signed(
        header: JSON, claims: JSON, by algorithm: RSASignature, _ key: borrowing RSAPrivateKey
    ) throws(CryptoError) -> String {
        let content =
            base64url(header.serializedBytes()) + "." + base64url(claims.serializedBytes())
        return content + "." + base64url(try key.sign(Array(content.utf8), by: algorithm))
    }
}
