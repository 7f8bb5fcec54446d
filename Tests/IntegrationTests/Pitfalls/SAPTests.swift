import Foundation
import HTTPClient
import JSON
import Postgres
import Testing

@Suite("SAP pitfalls in the database", .timeLimit(.minutes(15)))
struct SAPTests {
    private static func write(_ docket: Installation, sets: String) throws {
        let sap = docket.tenant
        try docket.write(sap.fact("erp_password"), to: "erp-password", mode: 0o600)
        try docket.write(
            """
            name: erp
            connector: sap-odata
            connection:
              base_url: \(sap.fact("erp_base_url"))/sap/opu/odata/sap
              client: "\(sap.fact("erp_client"))"
              user: \(sap.fact("erp_user"))
              password: ${file:../erp-password}
            scope:
              services:
            \(sets)
            limits: {requests_per_second: 1000}

            """, to: "connectors.d/erp.yaml")
    }

    private static func with(
        _ sandbox: [String] = [], _ body: (Installation) async throws -> Void
    ) async throws {
        var configured = Configured()
        configured.connectors = { _ in [:] }
        try await Installation.with(configured, sandbox: sandbox, body)
    }

    private static let sets = """
            - {path: API_BUSINESS_PARTNER, entity_sets: [A_BusinessPartner]}
            - path: API_SALES_ORDER_SRV
              entity_sets: [{name: A_SalesOrder, title: PurchaseOrderByCustomer, expand: [to_Item]}]
            - {path: API_PRODUCT_SRV, entity_sets: [A_Product, A_ProductDescription]}
        """

    /// What there is, with titles.
    private static func truth(_ docket: Installation) async throws -> [String: String] {
        let truth = try await docket.tenant.control("GET", "erp/truth").arrayValue ?? []
        let scopes = [
            "API_BUSINESS_PARTNER/A_BusinessPartner", "API_SALES_ORDER_SRV/A_SalesOrder",
            "API_PRODUCT_SRV/A_Product", "API_PRODUCT_SRV/A_ProductDescription",
        ]
        var known: [String: String] = [:]
        for entity in truth where scopes.contains(entity["scope"]?.stringValue ?? "") {
            let id = entity["source_id"]?.stringValue?.removingPercentEncoding ?? ""
            known[id] = entity["title"]?.stringValue
        }
        return known
    }

    private static func filed(_ docket: Installation) async throws -> [String: String] {
        var filed: [String: String] = [:]
        for row in try await docket.rows("SELECT source_id, title FROM docket_v1.documents") {
            let id: String = try row.get("source_id")
            filed[id] = try row.get("title")
        }
        return filed
    }

    /// As if everything was last read more than a day ago.
    private static func age(_ docket: Installation) async throws {
        _ = try await docket.rows(
            """
            UPDATE docket.streams
            SET cursor = regexp_replace(cursor, '"epoch_at":"....', '"epoch_at":"2020')
            """)
    }

    /// Switches, and what they are a test of.
    static let systems: [(String, JSON)] = [
        ("sap 3: a service without server paging", ["server_paging": false]),
        ("sap 5: links with an internal host", ["links": "https://internal.example:44300"]),
        ("sap 5: relative links", ["links": "relative"]),
        ("sap 8: no delta links", ["delta": false]),
        ("sap 4: no delta links and no stable order", ["delta": false, "unstable_order": true]),
        ("sap 2: escaped dates with an offset", ["escaped_dates": true, "date_offset": 120]),
        ("sap 21: odd namespaces", ["odd_namespaces": true]),
        ("sap 9: a client that must be named", ["client_check": true]),
        ("sap 12: warnings beside every answer", ["message": "warning"]),
        ("sap 17: a session for each of four runs", ["sessions_max": 4]),
        ("sap 5: tokens forgotten with 404", ["token_status": 404]),
        ("sap 5: tokens forgotten with 400", ["token_status": 400]),
        ("sap 3: expanded collections cut after one", ["expand_page_size": 1]),
    ]

    /// That what is filed was modified at the instant that is in its record: no offset beside it
    /// counts, and a time without a zone is not that of this machine.
    private static func expectInstants(_ docket: Installation) async throws {
        let wrong = try await docket.texts(
            """
            WITH times AS (
                SELECT source_id, modified_at, coalesce(
                    record::jsonb->>'LastChangeDateTime', record::jsonb->>'LastChangeDate') AS time,
                    coalesce(record::jsonb->>'LastChangeTime', '0')::interval AS of_day
                FROM docket.documents
                WHERE deleted_at IS NULL AND source_id ~ '^A_(SalesOrder|BusinessPartner)[(]'
            ), instants AS (
                SELECT *, of_day + CASE WHEN time LIKE '/Date(%'
                    THEN to_timestamp(substring(time FROM '[(](-?[0-9]+)')::bigint / 1000.0)
                    ELSE (rtrim(time, 'Z') || 'Z')::timestamptz END AS instant
                FROM times
            )
            SELECT concat_ws(' ', source_id, modified_at, time) AS value FROM instants
            WHERE (modified_at IS NULL) <> (instant IS NULL)
                OR abs(extract(epoch FROM modified_at - instant)) > 0.001
            """)
        #expect(wrong == [])
    }

    @Test("what is filed is what there is, whatever the system is like", arguments: systems)
    func truthful(name: String, switches: JSON) async throws {
        try await Self.with { docket in
            try Self.write(docket, sets: Self.sets)
            // Where midnight is on the day before in UTC.
            let zone = ["TZ": "Asia/Kolkata"]
            func run() async throws {
                let outcome = try await docket.docket("run", "--once", environment: zone)
                try #require(outcome.status == 0, "\(outcome.errors)")
                if switches["escaped_dates"] == true { try await Self.expectInstants(docket) }
            }
            try await docket.tenant.control("POST", "erp/switches", switches)
            try await run()
            #expect(try await Self.filed(docket) == (try await Self.truth(docket)), "\(name)")
            for seed in 1...2 {
                try await docket.tenant.control(
                    "POST", "erp/mutate", ["count": 60, "seed": JSON(seed)])
                // Half of the time behind forgotten links.
                if seed == 2 { try await docket.tenant.control("POST", "erp/expire-feeds") }
                try await run()
                let (filed, truth) = (try await Self.filed(docket), try await Self.truth(docket))
                // Nothing is lost meanwhile, but deletions that no filter shows come later.
                #expect(filed.merging(truth) { $1 } == filed, "\(name)")
                if switches["delta"] != false { #expect(filed == truth, "\(name)") }
            }
            try await Self.age(docket)
            try await run()
            #expect(try await Self.filed(docket) == (try await Self.truth(docket)), "\(name)")
        }
    }

    @Test("sap 7: a change queue is exact, also after another reader took its subscription")
    func queue() async throws {
        try await Self.with { docket in
            try Self.write(
                docket, sets: "    - {path: ZODP_PRODUCT_SRV, entity_sets: [AttrOfMaterial]}")
            for seed in 1...3 {
                if seed == 3 { try await Self.steal(docket) }
                try await docket.run()
                let truth = try await docket.tenant.control("GET", "erp/truth").arrayValue ?? []
                let told = truth.filter {
                    $0["scope"]?.stringValue == "ZODP_PRODUCT_SRV/AttrOfMaterial"
                }
                let ids = told.compactMap { $0["source_id"]?.stringValue?.removingPercentEncoding }
                #expect(try await docket.filed() == Set(ids))
                try await docket.tenant.control(
                    "POST", "erp/mutate", ["count": 60, "seed": JSON(seed)])
            }
        }
    }

    /// Reads the queue as the same user, as another client would.
    private static func steal(_ docket: Installation) async throws {
        let sap = docket.tenant
        let user = "\(sap.fact("erp_user")):\(sap.fact("erp_password"))"
        let response = try await sap.http.send(
            HTTPRequest(
                "GET",
                url: sap.fact("erp_base_url") + "/sap/opu/odata/sap/ZODP_PRODUCT_SRV/AttrOfMaterial"
                    + "?sap-client=\(sap.fact("erp_client"))",
                headers: [
                    ("Authorization", "Basic \(Data(user.utf8).base64EncodedString())"),
                    ("Prefer", "odata.track-changes"),
                ]))
        #expect(response.status == 200)
    }

    @Test("sap 22: a system that is down changes nothing, and afterwards everything is exact")
    func down() async throws {
        try await Self.with { docket in
            try Self.write(docket, sets: Self.sets)
            try await docket.run()
            let before = try await docket.filed()
            try await docket.tenant.control(
                "POST", "erp/mutate", ["count": 30, "seed": 3])
            for switches: JSON in [["down": true], ["down": false, "logon_page": true]] {
                try await docket.tenant.control("POST", "erp/switches", switches)
                let outcome = try await docket.docket("run", "--once")
                #expect(outcome.status != 0)
                #expect(try await docket.filed() == before)
            }
            try await docket.tenant.control("POST", "erp/switches", ["logon_page": false])
            try await docket.run()
            #expect(try await Self.filed(docket) == (try await Self.truth(docket)))
        }
    }

    @Test("sap 20: IDocs are filed once, the younger state of each, and archived files stay filed")
    func idocs() async throws {
        let port = FileManager.default.temporaryDirectory
            .appending(path: "idocs-\(UInt64.random(in: 0...UInt64.max))").path
        try FileManager.default.createDirectory(atPath: port, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: port) }
        try await Self.with(["--idoc-directory", port]) { docket in
            try docket.write(
                """
                name: idoc
                connector: sap-idoc
                connection: {base_url: "file://\(port)/"}

                """, to: "connectors.d/idoc.yaml")
            var filed: Set<String> = []
            func run() async throws {
                let before = filed
                try await docket.run()
                filed = try await docket.filed()
                #expect(filed.isSuperset(of: before))
            }
            for seed in 1...3 {
                try await docket.tenant.control(
                    "POST", "idocs/mutate", ["count": 40, "seed": JSON(seed)])
                try await run()
            }
            try await docket.tenant.control("POST", "idocs/complete", [:])
            try await run()
            let truth = try await docket.tenant.control("GET", "idocs/truth").arrayValue ?? []
            #expect(filed.isSubset(of: Set(truth.compactMap { $0["source_id"]?.stringValue })))
            // All but what was archived before anybody could read it.
            for document in truth where !filed.contains(document["source_id"]?.stringValue ?? "") {
                let file = document["file"]?.stringValue ?? ""
                #expect(!FileManager.default.fileExists(atPath: "\(port)/\(file)"), "\(file)")
            }
            #expect(filed.count > 100)
        }
    }

    @Test("sap 20: of two copies in one pass the younger counts, in whatever order they come")
    func order() async throws {
        let port = FileManager.default.temporaryDirectory
            .appending(path: "idocs-\(UInt64.random(in: 0...UInt64.max))").path
        try FileManager.default.createDirectory(atPath: port, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: port) }
        try await Self.with { docket in
            try docket.write(
                """
                name: idoc
                connector: sap-idoc
                connection: {base_url: "file://\(port)/"}

                """, to: "connectors.d/idoc.yaml")
            func write(_ name: String, _ time: String, age: Double) throws {
                let file = "\(port)/\(name)"
                let text = """
                    <ORDERS05><IDOC BEGIN="1"><EDI_DC40><MANDT>100</MANDT><DOCNUM>7</DOCNUM>\
                    <MESTYP>ORDERS</MESTYP><SNDPRN>S4D</SNDPRN><CREDAT>20260115</CREDAT>\
                    <CRETIM>\(time)</CRETIM></EDI_DC40><E1EDK01><BELNR>at \(time)</BELNR>\
                    </E1EDK01></IDOC></ORDERS05>
                    """
                try Data(text.utf8).write(to: URL(filePath: file))
                try FileManager.default.setAttributes(
                    [.modificationDate: Date().addingTimeInterval(-age)], ofItemAtPath: file)
            }
            // The file with the older state is the newer one: it is read last.
            try write("b.xml", "090000", age: 7200)
            try write("a.xml", "080000", age: 3600)
            try await docket.run()
            let body = "SELECT body AS value FROM docket_v1.documents" as SQL
            #expect(try await docket.texts(body).map { $0.contains("at 090000") } == [true])
            try write("c.xml", "070000", age: 60)
            try await docket.run()
            #expect(try await docket.texts(body).map { $0.contains("at 090000") } == [true])
            try write("d.xml", "100000", age: 30)
            try await docket.run()
            #expect(try await docket.texts(body).map { $0.contains("at 100000") } == [true])
        }
    }
}
