/// Who may sign in, and how: a technical user, and a client of the token endpoint.
struct ERPAccount: Sendable {
    static let systemID = "S4D"
    static let client = "100"

    let user = "DOCKET"
    let password: String
    let clientID = "sb-docket!t4711"
    let clientSecret: String

    init(seed: UInt64) {
        var random = Mixer(seed, 0xE59)
        // With characters that headers and forms must not mangle, a colon among them.
        password = "Pa:s+" + String(random.next(), radix: 36).prefix(8) + "%"
        clientSecret =
            String(random.next(), radix: 36) + "$k+/=&" + String(random.next(), radix: 36)
    }
}
