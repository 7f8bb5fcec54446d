/// The application an administrator would have registered in the tenant.
struct Registration: Sendable {
    static let domain = "contoso.example"

    let tenantID: String
    let clientID: String
    let secret: String

    /// Makes all of it from the seed, but for a secret that is given.
    init(seed: UInt64, secret: String?) {
        var random = Mixer(seed, 1)
        (tenantID, clientID) = (random.guid(), random.guid())
        // A secret with characters that a form must escape, as real ones have.
        self.secret = secret ?? "8Q~" + String(random.next(), radix: 36) + "+/=&sandbox"
    }

    func isTenant(_ name: String) -> Bool {
        name.lowercased() == tenantID || name.lowercased() == Self.domain
    }
}
