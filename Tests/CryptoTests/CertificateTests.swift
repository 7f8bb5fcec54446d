import Crypto
import Foundation
import Testing

@Suite("Certificate", .timeLimit(.minutes(5)))
struct CertificateTests {
    @Test("its fingerprints are those openssl prints")
    func fingerprints() throws {
        let folder = try KeyFolder()
        let certificate = try Certificate(pem: folder.read("certificate.pem"))
        let printed = { (algorithm: String) throws in
            let line = try folder.openssl(
                "x509 -in certificate.pem -noout -fingerprint -\(algorithm)")
            let digits = line.split(separator: "=").last ?? ""
            return digits.filter { $0.isHexDigit }.lowercased()
        }
        #expect(try hexadecimal(certificate.sha1()) == printed("sha1"))
        #expect(try hexadecimal(certificate.sha256()) == printed("sha256"))
        try folder.openssl("x509 -in certificate.pem -outform DER -out certificate.der")
        #expect(certificate.der == (try folder.read("certificate.der")))
    }

    @Test("it is read out of a bundle, whichever comes first")
    func bundle() throws {
        let folder = try KeyFolder()
        let alone = try Certificate(pem: folder.read("certificate.pem"))
        let bundle = try folder.read("pkcs8.pem") + folder.read("certificate.pem")
        #expect(try Certificate(pem: bundle) == alone)
    }

    @Test("a key of another certificate is refused with what to do instead")
    func pairing() throws {
        let (folder, other) = (try KeyFolder(), try KeyFolder())
        let certificate = try Certificate(pem: folder.read("certificate.pem"))
        let key = try RSAPrivateKey(pem: other.read("pkcs8.pem"))
        #expect(throws: CryptoError.certificate(.ofAnotherKey)) { try certificate.requireKey(key) }
        #expect("\(CryptoError.certificate(.ofAnotherKey))".contains("give the certificate"))
    }

    @Test("anything else is none, and says what is wanted")
    func refusals() throws {
        let folder = try KeyFolder()
        try folder.openssl("x509 -in certificate.pem -outform DER -out certificate.der")
        let texts = [
            [], try folder.read("pkcs8.pem"), try folder.read("certificate.der"),
            Array(try folder.read("certificate.pem").prefix(300)),
        ]
        for text in texts {
            #expect(throws: CryptoError.certificate(.notPEM)) { _ = try Certificate(pem: text) }
        }
        #expect("\(CryptoError.certificate(.notPEM))".contains("BEGIN CERTIFICATE"))
    }
}
