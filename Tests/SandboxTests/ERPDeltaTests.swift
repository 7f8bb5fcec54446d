import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The ERP system's deltas", .timeLimit(.minutes(5)))
struct ERPDeltaTests {
    private static let product = "entities/API_PRODUCT_SRV/A_Product"

    @Test("tell of removals in Atom, and in JSON only where that is switched on")
    func tombstones() async throws {
        try await ERPClient.with { erp in
            let start = try await erp.readAll("API_PRODUCT_SRV/A_Product")
            let delta = try #require(start.delta)
            #expect(delta.contains("!deltatoken='"))
            _ = try await erp.control("POST", Self.product, ["Product": "N'1/2"])
            _ = try await erp.control(
                "PATCH", Self.product + "('TG12')", ["GrossWeight": "1.250"])
            let gone = try await erp.control("DELETE", Self.product + "/TG11")
            #expect(gone == ["path": "A_Product('TG11')"])
            let json = try await erp.read(delta)
            let names = json["results"]?.arrayValue?.map { $0.text("Product") }
            #expect(names == ["N'1/2", "TG12"])
            let atom = try await erp.get(delta, accept: "application/atom+xml").text
            #expect(atom.contains("<at:deleted-entry "))
            #expect(atom.contains("/A_Product('TG11')\" when="))
            #expect(atom.contains("<d:Product>N'1/2</d:Product>"))
            #expect(atom.contains("rel=\"delta\""))
            try await erp.set(["json_tombstones": true])
            let last = try await erp.read(delta)["results"]?.arrayValue?.last
            #expect(last?["__metadata"]?["deleted"] == true)
            #expect(last?.path == "A_Product('TG11')")
        }
    }

    @Test("begin where the round began, so that what changes meanwhile comes with the next")
    func overlap() async throws {
        try await ERPClient.with { erp in
            let first = try await erp.read("API_PRODUCT_SRV/A_Product")
            _ = try await erp.control(
                "PATCH", Self.product + "('TG12')", ["GrossWeight": "1.250"])
            let rest = try await erp.readAll(try #require(first.text("__next")))
            let delta = try await erp.read(try #require(rest.delta))
            #expect(delta["results"]?.arrayValue?.map { $0.text("Product") } == ["TG12"])
        }
    }

    @Test("do not know tokens that have expired or never were", arguments: [400, 404, 410])
    func unknown(status: Int) async throws {
        try await ERPClient.with { erp in
            try await erp.set(["token_status": JSON(status)])
            let first = try await erp.read("API_PRODUCT_SRV/A_Product")
            let next = try #require(first.text("__next"))
            let delta = try #require(try await erp.readAll(next).delta)
            _ = try await erp.control("POST", "expire-feeds")
            for link in [
                next, delta, next.replacing(/skiptoken=.*/, with: "skiptoken=9-9-9-9-9"),
                next.replacing(/skiptoken=.*/, with: "skiptoken=1--9223372036854775808-0-0-0"),
                delta.replacing(/token=.*/, with: "token='x'"),
            ] {
                #expect(try await erp.get(link).status == status)
            }
            try await erp.set(["skiptoken_seconds": 0])
            let again = try await erp.read("API_PRODUCT_SRV/A_Product")
            #expect(try await erp.get(try #require(again.text("__next"))).status == status)
        }
    }

    private static let tracked = [("Prefer", "odata.track-changes, odata.maxpagesize=33")]

    @Test("of the change queue have images before and after, and can be read once more")
    func queue() async throws {
        try await ERPClient.with { erp in
            let first = try await erp.get(
                ERPClient.v2 + "ZODP_PRODUCT_SRV/AttrOfMaterial", headers: Self.tracked)
            #expect(first.headers["Preference-Applied"] == "odata.track-changes")
            #expect(first.json["d"]?["results"]?.arrayValue?.count == 33)
            let next = try #require(first.json["d"]?.text("__next"))
            let rest = try await erp.readAll(next, headers: [Self.tracked[0]])
            #expect(rest.items.count == 47)
            let delta = try #require(rest.delta)
            _ = try await erp.control(
                "PATCH", Self.product + "('TG12')", ["GrossWeight": "1.250"])
            _ = try await erp.control("DELETE", Self.product + "/TG13")
            _ = try await erp.control("POST", Self.product, ["Product": "NEW"])
            for _ in 0..<2 {
                let rows = try await erp.read(delta)["results"]?.arrayValue ?? []
                let told = rows.map { row in
                    [row.text("MATNR"), row.text("ODQ_CHANGEMODE"), row.text("ODQ_ENTITYCNTR")]
                }
                #expect(
                    told == [
                        ["TG12", "U", "-1"], ["TG12", "U", "1"], ["TG13", "D", "-1"],
                        ["NEW", "C", "1"],
                    ])
                #expect(rows.first?.text("BRGEW") != "1.250")
                #expect(rows.dropFirst().first?.text("BRGEW") == "1.250")
            }
            let page = try await erp.read(delta)
            #expect(
                try await erp.read(try #require(page.text("__delta")))["results"]?.arrayValue
                    == [])
            #expect(try await erp.get(delta).status == 410)
        }
    }

    @Test("of the change queue are taken away by a second reader with the same user")
    func theft() async throws {
        try await ERPClient.with { erp in
            let path = "ZODP_PRODUCT_SRV/AttrOfMaterial"
            let first = try await erp.readAll(path, headers: Self.tracked)
            let second = try await erp.readAll(path, headers: Self.tracked)
            #expect(try await erp.get(try #require(first.delta)).status == 410)
            #expect(try await erp.get(try #require(second.delta)).status == 200)
            let flag = try await erp.read("ZODP_PRODUCT_SRV/SubscribedToAttrOfMaterial")
            #expect(flag["SubscribedToAttrOfMaterial"]?["SubscribedFlag"] == true)
            _ = try await erp.read("ZODP_PRODUCT_SRV/TerminateDeltasForAttrOfMaterial")
            #expect(try await erp.get(try #require(second.delta)).status == 410)
        }
    }

    @Test("of version 4 give removals in the form of the client's version")
    func version4() async throws {
        try await ERPClient.with { erp in
            let root = ERPClient.ordersV4
            var page = try await erp.get(root + "SalesOrder", headers: Self.tracked)
            #expect(page.headers["Preference-Applied"] == "odata.track-changes")
            while let next = page.nextLink {
                #expect(next.hasPrefix("SalesOrder?"))
                page = try await erp.get(root + next)
            }
            let delta = root + (try #require(page.deltaLink))
            _ = try await erp.control("DELETE", "entities/API_SALES_ORDER_SRV/A_SalesOrder/4712")
            _ = try await erp.control(
                "PATCH", "entities/salesorder/SalesOrder/4713", ["DeliveryBlockReason": "01"])
            let old = try await erp.get(delta).json
            #expect(old.text("@odata.context")?.hasSuffix("#SalesOrder/$delta") == true)
            let (changed, removed) = (old["value"]?.arrayValue?[0], old["value"]?.arrayValue?[1])
            #expect(changed?.text("SalesOrder") == "4713")
            #expect(removed?.text("id") == "SalesOrder('4712')")
            #expect(removed?.text("@odata.context")?.hasSuffix("/$deletedEntity") == true)
            let new = try await erp.get(delta, headers: [("OData-MaxVersion", "4.01")])
            #expect(
                new.json["value"]?.arrayValue?.last
                    == ["@removed": ["reason": "deleted"], "@id": "SalesOrder('4712')"])
        }
    }
}
