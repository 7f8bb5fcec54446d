package import YAML

/// The admin server: where it listens, and what callers must show.
package struct AdminSettings: Sendable, Equatable {
    package let listen: ListenAddress
    /// Nil only where the listener is local.
    package let token: Secret?
}

extension AdminSettings {
    private static let listen = Field(
        "listen", ListenAddress.form, default: "127.0.0.1:8470",
        "Address of the admin server; with port 0 the kernel chooses one.",
        example: "unix:/run/docket/admin.sock")
    private static let token = Field(
        optional: "token", .secret, otherwise: "none; allowed on loopback only",
        "What callers must send as a bearer token; required when `listen` is not loopback.",
        example: "${credential:admin}")

    static let section = Section<AdminSettings>(
        [listen, token],
        checks: [
            { values, reader in
                guard let listener = values.find(listen), !listener.isLocal, !values.has(token)
                else { return }
                reader.error(
                    at: values.location(of: listen),
                    "a `token` is required to listen beyond loopback",
                    help: "add `token: ${credential:admin}`, or listen on 127.0.0.1")
            }
        ]
    ) { values, _ in AdminSettings(listen: values[listen], token: values[token]) }
}
