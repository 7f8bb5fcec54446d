/// The application an administrator would have set up in the org.
struct CRMRegistration: Sendable {
    static let username = "docket.reader@contoso.example"
    static let loginHosts = ["https://login.salesforce.com", "https://test.salesforce.com"]

    let clientID: String
    let secret: String
    /// 15 characters.
    let organizationID: String

    init(seed: UInt64) {
        var random = Mixer(seed, 43)
        func word(_ length: Int) -> String {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            return Base64.encode(bytes, .url).replacing("-", with: "_").prefix { $0 != "=" }
                .description
        }
        clientID = "3MVG9" + word(60)
        secret =
            String(random.next(), radix: 16).uppercased()
            + String(random.next(), radix: 16).uppercased()
        organizationID = CRMID.make(prefix: "00D", serial: Int(random.next() >> 24))
    }
}
