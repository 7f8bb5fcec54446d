import Configuration
import Testing
import YAML

@Suite("How long things are kept")
struct KeepingTests {
    private func configuration(_ main: String, _ connector: String) throws
        -> (Configuration?, String)
    {
        let folder = try Folder()
        try folder.write(main, to: "docket.yaml")
        try folder.write(
            """
            name: mail
            connector: outlook
            connection: {tenant: t.example, client_id: a, client_secret: "${credential:graph}"}
            scope: {mailboxes: [a@x.example]}
            \(connector)

            """, to: "connectors.d/mail.yaml")
        let (configuration, diagnostics) = folder.load()
        return (configuration, folder.rendered(diagnostics))
    }

    @Test("documents for good, and what models were asked not at all, unless it is said")
    func defaults() throws {
        for main in ["{}", "exchanges: {}"] {
            let (configuration, problems) = try configuration(main + "\n", "")
            #expect(problems == "")
            #expect(configuration?.connectors.first?.retention == .some(nil))
            #expect(configuration?.exchangeDuration == .some(nil))
        }
    }

    @Test("as long as is said")
    func said() throws {
        let (configuration, problems) = try configuration(
            "exchanges: {keep: 90d}\n", "retention: 365d")
        #expect(problems == "")
        #expect(configuration?.connectors.first?.retention == .seconds(365 * 86_400))
        #expect(configuration?.exchangeDuration == .seconds(90 * 86_400))
    }

    @Test("never as long as a number alone, nothing, or a word")
    func wrong() throws {
        for value in ["365", "0d", "never", "[1d]"] {
            let (_, problems) = try configuration("exchanges: {keep: \(value)}\n", "")
            #expect(problems.contains("docket.yaml:1:19: error: "), "\(problems)")
            #expect(problems.contains("docket explain exchanges.keep"))
            let (_, others) = try configuration("{}\n", "retention: \(value)")
            #expect(others.contains("connectors.d/mail.yaml:5:12: error: "), "\(others)")
        }
    }
}
