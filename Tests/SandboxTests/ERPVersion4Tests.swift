import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The ERP system's services of version 4", .timeLimit(.minutes(5)))
struct ERPVersion4Tests {
    private static let root = ERPClient.ordersV4

    @Test("write decimals as numbers, and as texts for those who say that they can read them")
    func decimals() async throws {
        try await ERPClient.with { erp in
            let path = Self.root + "SalesOrder('4712')"
            let plain = try await erp.get(path)
            #expect(plain.json["TotalNetAmount"] == .number("9007199254740993.270"))
            #expect(plain.headers["OData-Version"] == "4.0")
            let exact = try await erp.get(
                path, accept: "application/json;IEEE754Compatible=true")
            #expect(exact.json["TotalNetAmount"] == "9007199254740993.270")
            #expect(exact.json["__metadata"] == nil)
            #expect(exact.json.text("SalesOrderDate")?.count == 10)
        }
    }

    @Test("count, filter and expand in their own words")
    func options() async throws {
        try await ERPClient.with { erp in
            let page = try await erp.get(
                Self.root + "SalesOrder?$count=true&$top=1"
                    + "&$filter=contains(PurchaseOrderByCustomer,'pump') and "
                    + "LastChangeDateTime ge 2000-01-01T00:00:00Z"
                    + "&$expand=_Item($select=Material;$expand=_SalesOrder($select=SalesOrder))")
            #expect(page.json["@odata.count"] == 6)
            #expect(page.nextLink == nil)
            let item = page.items.first?["_Item"]?.arrayValue?.first
            #expect(item?.text("Material") != nil)
            #expect(item?["NetAmount"] == nil)
            #expect(item?["_SalesOrder"]?.text("SalesOrder") == "4700")
            let old = try await erp.get(
                Self.root + "SalesOrder?$filter=SalesOrderDate ge datetime'2026-01-15T00:00:00'")
            #expect(old.status == 400)
            #expect(old.json["error"]?.text("message") != nil)
        }
    }

    @Test("link media by their own address")
    func media() async throws {
        try await ERPClient.with { erp in
            let page = try await erp.get(Self.root + "SalesOrderAttachment?$top=2")
            let note = try #require(page.items.last)
            #expect(note.text("@odata.mediaContentType") == "text/plain")
            let link = try #require(note.text("@odata.mediaReadLink"))
            #expect(try await erp.get(Self.root + link).text.hasPrefix("Gesprächsnotiz"))
        }
    }

    @Test("describe themselves")
    func descriptions() async throws {
        try await ERPClient.with { erp in
            let schema = try await erp.get(Self.root + "$metadata", accept: nil).text
            #expect(schema.contains("<EntityType Name=\"SalesOrderAttachment_Type\" HasStream="))
            #expect(schema.contains("Type=\"Edm.TimeOfDay\""))
            let document = try await erp.get(Self.root).json
            #expect(document["value"]?.arrayValue?.first?.text("name") == "SalesOrder")
        }
    }
}
