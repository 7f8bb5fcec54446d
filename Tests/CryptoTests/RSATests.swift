import Crypto
import Foundation
import Testing

@Suite("RSA signatures", .timeLimit(.minutes(5)))
struct RSATests {
    private let message = Array("eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJkb2NrZXQifQ".utf8)

    @Test(
        "openssl accepts what either form of a key signs",
        arguments: ["pkcs8.pem", "pkcs1.pem"], [RSASignature.rs256, .ps256])
    func signing(_ name: String, _ algorithm: RSASignature) throws {
        let folder = try KeyFolder()
        let key = try RSAPrivateKey(pem: folder.read(name))
        let signature = try key.sign(message, by: algorithm)
        #expect(signature.count == 256)
        try folder.write("message", message)
        try folder.write("signature", signature)
        try folder.openssl("x509 -in certificate.pem -pubkey -noout > public.pem")
        let options =
            algorithm == .rs256
            ? ""
            : "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256"
        let answer = try folder.openssl(
            "dgst -sha256 \(options) -verify public.pem -signature signature message")
        #expect(answer.contains("Verified OK"))
    }

    @Test("a signature is good for its message, its algorithm and its key alone")
    func verifying() throws {
        let (folder, other) = (try KeyFolder(), try KeyFolder())
        let certificate = try Certificate(pem: folder.read("certificate.pem"))
        let key = try RSAPrivateKey(pem: folder.read("pkcs8.pem"))
        for (algorithm, wrong) in [(RSASignature.rs256, RSASignature.ps256), (.ps256, .rs256)] {
            let signature = try key.sign(message, by: algorithm)
            #expect(certificate.verifies(signature, of: message, by: algorithm))
            #expect(!certificate.verifies(signature, of: message, by: wrong))
            #expect(!certificate.verifies(signature, of: message + [0], by: algorithm))
            #expect(!certificate.verifies(Array(signature.dropLast()), of: message, by: algorithm))
            #expect(!certificate.verifies([], of: message, by: algorithm))
            let foreign = try RSAPrivateKey(pem: other.read("pkcs8.pem"))
            let forged = try foreign.sign(message, by: algorithm)
            #expect(!certificate.verifies(forged, of: message, by: algorithm))
        }
    }

    @Test("no two PSS signatures are the same")
    func salt() throws {
        let key = try RSAPrivateKey(pem: KeyFolder().read("pkcs8.pem"))
        let signatures = try (0..<8).map { _ in try key.sign(message, by: .ps256) }
        #expect(Set(signatures).count == 8)
    }

    @Test("the key is found in a file that also holds its certificate")
    func bundle() throws {
        let folder = try KeyFolder()
        let bundle = try folder.read("certificate.pem") + folder.read("pkcs8.pem")
        let key = try RSAPrivateKey(pem: bundle)
        try Certificate(pem: bundle).requireKey(key)
    }

    /// How a key that cannot be used is made; why it cannot.
    static let unusable: [(String, CryptoError.KeyFault)] = [
        ("pkcs8 -topk8 -in pkcs8.pem -passout pass:x -out bad.pem", .encrypted),
        ("rsa -in pkcs8.pem -traditional -aes128 -passout pass:x -out bad.pem", .encrypted),
        ("ecparam -genkey -name prime256v1 -noout -out bad.pem", .notRSA),
        ("genpkey -algorithm ed25519 -out bad.pem", .notRSA),
        ("genrsa -out bad.pem 1024", .tooShort(bits: 1024)),
        ("x509 -in certificate.pem -pubkey -noout > bad.pem", .notPEM),
        ("x509 -in certificate.pem -out bad.pem", .notPEM),
        ("rsa -in pkcs8.pem -outform DER -out bad.pem", .notPEM),
    ]

    @Test("a key that cannot be used is refused with what to do instead", arguments: unusable)
    func refusals(_ command: String, _ fault: CryptoError.KeyFault) throws {
        let folder = try KeyFolder()
        try folder.openssl(command)
        #expect(throws: CryptoError.key(fault)) {
            _ = try RSAPrivateKey(pem: folder.read("bad.pem"))
        }
        #expect("\(CryptoError.key(fault))".contains("; "))
    }

    @Test("a damaged, empty or huge key is none, and its content is not quoted")
    func damaged() throws {
        let whole = try KeyFolder().read("pkcs8.pem")
        let texts = [
            [], Array(whole.prefix(whole.count / 2)), Array(whole.dropFirst(40)),
            [UInt8](repeating: 65, count: 2 << 20), whole.map { $0 == 65 ? 66 : $0 }.reversed(),
        ]
        for text in texts {
            #expect(throws: CryptoError.key(.notPEM)) { _ = try RSAPrivateKey(pem: text) }
        }
    }
}
