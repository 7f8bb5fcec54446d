import Foundation
import JSON
import Postgres
import Testing

@Suite("docket and mock-sap", .timeLimit(.minutes(15)))
struct MockSAPTests {
    enum Proof: CaseIterable, Sendable { case password, token }

    private static func connector(
        _ name: String, _ base: String, _ proof: Proof, _ services: String, version: Int = 2
    ) -> String {
        let origin = base.prefix { $0 != "/" } + "//" + base.split(separator: "/")[1]
        let credentials =
            proof == .password
            ? "  user: reader\n  password: ${file:../password}"
            : """
              client_id: SAP_CLIENT
              client_secret: ${file:../client-secret}
              token_url: \(origin)/sap/bc/sec/oauth2/token
            """
        return """
            name: \(name)
            connector: sap-odata
            connection:
              base_url: \(base)
              client: "100"
              odata: \(version)
            \(credentials)
            scope:
              services:
            \(services)
            limits: {requests_per_second: 1000}

            """
    }

    private static func write(
        _ proof: Proof, _ sap: MockSAP, _ docket: Installation
    ) throws {
        try docket.write(MockSAP.password, to: "password", mode: 0o600)
        try docket.write(MockSAP.clientSecret, to: "client-secret", mode: 0o600)
        try docket.write(
            connector(
                "erp", sap.origin + MockSAP.v2, proof,
                """
                    - path: API_SALES_ORDER_SRV
                      entity_sets: [{name: A_SalesOrder, expand: [to_Item]}]
                    - {path: API_BUSINESS_PARTNER_SRV, entity_sets: [A_BusinessPartner]}
                    - path: API_PRODUCT_SRV
                      entity_sets: [{name: A_Product, expand: [to_Description]}, A_ProductDescription]
                """), to: "connectors.d/erp.yaml")
        try docket.write(
            connector(
                "new", sap.origin + MockSAP.v4, proof,
                """
                    - path: api_salesorder/srvd_a2x/sap/api_salesorder/0001
                      entity_sets: [{name: SalesOrder, title: SalesOrder}]
                    - path: api_product/srvd_a2x/sap/api_product/0001
                      entity_sets: [{name: Product, title: Product}]
                """, version: 4), to: "connectors.d/new.yaml")
    }

    /// What is filed is what there is: nothing else, and with the values of the last state.
    private static func expectTruth(
        _ sap: MockSAP, _ docket: Installation, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let orders = try await sap.entities("API_SALES_ORDER_SRV", "A_SalesOrder")
        let partners = try await sap.entities("API_BUSINESS_PARTNER_SRV", "A_BusinessPartner")
        let products = try await sap.entities("API_PRODUCT_SRV", "A_Product")
        let texts = try await sap.entities("API_PRODUCT_SRV", "A_ProductDescription")
        let newOrders = try await sap.entities(
            "api_salesorder/srvd_a2x/sap/api_salesorder/0001", "SalesOrder", key: "SalesOrder")
        let newProducts = try await sap.entities(
            "api_product/srvd_a2x/sap/api_product/0001", "Product", key: "Product")
        for (connector, entities) in [
            ("erp", [orders, partners, products, texts]), ("new", [newOrders, newProducts]),
        ] {
            var truth: [String: JSON] = [:]
            for part in entities { truth.merge(part) { $1 } }
            let rows = try await docket.rows(
                "SELECT source_id, title, body FROM docket_v1.documents WHERE connector = \(connector)"
            )
            var filed: Set<String> = []
            for row in rows {
                let id: String = try row.get("source_id")
                #expect(filed.insert(id).inserted, sourceLocation: sourceLocation)
                let body: String = try row.get("body")
                guard let entity = truth[id] else { continue }
                for name in ["SoldToParty", "TransactionCurrency", "ProductType", "SearchTerm1"] {
                    guard let text = entity[name]?.stringValue, !text.isEmpty else { continue }
                    #expect(body.contains(text), "\(id) \(name)", sourceLocation: sourceLocation)
                }
                // Exact, whether it came as text or as a number.
                if let amount = entity["TotalNetAmount"]?.scalar {
                    #expect(body.contains(amount), "\(id)", sourceLocation: sourceLocation)
                }
            }
            #expect(filed == Set(truth.keys), sourceLocation: sourceLocation)
        }
    }

    private static func change(_ sap: MockSAP) async throws {
        let orders = MockSAP.v2 + "/API_SALES_ORDER_SRV/A_SalesOrder"
        let products = MockSAP.v2 + "/API_PRODUCT_SRV/A_Product"
        let keys = try await sap.entities("API_SALES_ORDER_SRV", "A_SalesOrder").keys.sorted()
        try await sap.send(
            "PATCH", "\(MockSAP.v2)/API_SALES_ORDER_SRV/\(keys[3])", ["TransactionCurrency": "JPY"])
        try await sap.send("DELETE", "\(MockSAP.v2)/API_SALES_ORDER_SRV/\(keys[5])")
        try await sap.send(
            "POST", orders,
            [
                "SalesOrderType": "OR", "SalesOrganization": "1710", "DistributionChannel": "10",
                "OrganizationDivision": "00", "SoldToParty": "1000001",
                "TransactionCurrency": "CHF",
            ])
        try await sap.send(
            "POST", products, ["Product": "N'1 ü", "ProductType": "ZNEW", "BaseUnit": "PC"])
        let texts = try await sap.entities("API_PRODUCT_SRV", "A_ProductDescription").keys.sorted()
        let text = texts[0].addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
        try await sap.send("DELETE", "\(MockSAP.v2)/API_PRODUCT_SRV/\(text)")
    }

    @Test(
        "a first load, changes and deletions are exact in both versions, by password and by tokens",
        arguments: Proof.allCases)
    func exact(proof: Proof) async throws {
        var configured = Configured()
        configured.connectors = { _ in [:] }
        try await Installation.with(configured) { docket in
            // Tokens end while docket reads.
            let slow = proof == .token ? ["--token-ttl", "5", "--latency-ms", "700"] : []
            try await MockSAP.with(slow, in: docket.folder) { sap in
                try Self.write(proof, sap, docket)
                try await docket.run()
                try await Self.expectTruth(sap, docket)
                try await Self.change(sap)
                try await docket.run()
                try await Self.expectTruth(sap, docket)
                #expect(try await docket.tombstones().count >= 2)
                let requests = try await sap.requests()
                #expect(
                    requests.contains { $0.contains("!deltatoken") || $0.contains("%21deltatoken") }
                )
                #expect(!requests.contains { $0.contains("$batch") })
                // Nothing new: nothing changes.
                try await docket.run()
                try await Self.expectTruth(sap, docket)
            }
        }
    }

    @Test(
        "after each of its mishaps the next pass makes everything exact",
        arguments: ["busy", "lock", "auth", "expired-token", "precondition", "error", "notfound"])
    func mishaps(scenario: String) async throws {
        var configured = Configured()
        configured.connectors = { _ in [:] }
        try await Installation.with(configured) { docket in
            try await MockSAP.with(in: docket.folder) { sap in
                let proof: Proof = scenario == "expired-token" ? .token : .password
                try Self.write(proof, sap, docket)
                // In the middle of the first load, and then of the changes.
                try await sap.mishap(scenario, path: "A_SalesOrder$")
                try await docket.docket("run", "--once")
                try await docket.run()
                try await Self.expectTruth(sap, docket)
                try await Self.change(sap)
                try await sap.mishap(scenario, path: "A_SalesOrder$")
                try await docket.docket("run", "--once")
                try await docket.run()
                try await Self.expectTruth(sap, docket)
            }
        }
    }

    @Test("docket-sandbox is a SAP system to SAP's own client of OData services")
    func pyodata() async throws {
        var configured = Configured()
        configured.connectors = { _ in [:] }
        try await Installation.with(configured) { docket in
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Peers/odata.py").path
            let outcome = try await Child(
                Programs.peer("python"),
                [
                    script, docket.tenant.fact("erp_base_url"), docket.tenant.fact("erp_user"),
                    docket.tenant.fact("erp_password"), docket.tenant.fact("erp_client"),
                ], environment: Programs.environment, in: docket.folder
            ).end()
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.split(separator: "\n").count >= 12)
        }
    }
}

extension JSON {
    /// A text, or a number's digits.
    fileprivate var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
