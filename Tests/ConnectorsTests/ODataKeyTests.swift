import Connectors
import JSON
import Testing

@Suite("ODataKey")
struct ODataKeyTests {
    static let addresses: [(String, String)] = [
        (
            "https://erp.example:8443/base/odata/API_SALES_ORDER_SRV;v=2/A_Product('TG11')",
            "A_Product('TG11')"
        ),
        ("https://inside/base/odata/API_SALES_ORDER_SRV/A_Product('TG11')", "A_Product('TG11')"),
        ("https://inside/other/API_SALES_ORDER_SRV/A_Product('TG11')", "A_Product('TG11')"),
        ("https://inside/elsewhere/A_Product('TG11')", "A_Product('TG11')"),
        ("/base/odata/API_SALES_ORDER_SRV/A_Product('TG11')?x=1", "A_Product('TG11')"),
        ("A_Product('TG11')", "A_Product('TG11')"), ("./A_Product('TG11')", "A_Product('TG11')"),
        // The service's own form is final: what it writes in two forms are two entities.
        ("A_Product('0000004712')", "A_Product('0000004712')"),
        ("A_Product('4712')", "A_Product('4712')"),
        ("A_Product('O''Neil')", "A_Product('O''Neil')"),
        ("A_Product('O%27%27Neil')", "A_Product('O''Neil')"),
        ("A_Product('A%2FB%23%25')", "A_Product('A/B#%')"),
        ("A_Product('A/B?#')", "A_Product('A/B?#')"),
        ("/base/odata/API_SALES_ORDER_SRV/A_Product('A/B(C')", "A_Product('A/B(C')"),
        ("A_Product('http://x/y')", "A_Product('http://x/y')"),
        ("Item(Order='4712',Position='10')", "Item(Order='4712',Position='10')"),
        ("A_Product(Product='TG11')", "A_Product('TG11')"),
        ("A_Product(Product='a,b')", "A_Product('a,b')"),
        ("Item(guid'0050-x')", "Item(guid'0050-x')"),
        ("Item(datetime'2026-01-15T00%3A00%3A00')", "Item(datetime'2026-01-15T00:00:00')"),
        ("A_Product('%E2%82%AC%FF')", "A_Product('%E2%82%AC%FF')"),
        ("A_Product('%E2%82%AC')", "A_Product('€')"),
        ("A_Product('100%')", "A_Product('100%')"), ("A_Product('%4')", "A_Product('%4')"),
        ("", ""),
        ("A_SalesOrder('1')/to_Item", "A_SalesOrder('1')/to_Item"),
    ]

    @Test(
        "sap 14: the host does not count, and the service's own key is final", arguments: addresses)
    func canonical(_ address: String, _ key: String) {
        #expect(ODataKey.canonical(address, serviceURL: OData.service) == key)
    }

    @Test("sap 14: a key goes into a path so that nothing in it ends the segment")
    func encoded() {
        let key = "Item(Order='O''Neil/1#?%',Text='é x+')"
        let path = "Item(Order='O''Neil%2F1%23%3F%25',Text='%C3%A9%20x%2B')"
        #expect(ODataKey.encoded(key) == path)
        #expect(ODataKey.canonical(path, serviceURL: OData.service) == key)
    }

    @Test("a key needs all its values")
    func predicate() {
        let keys = OData.itemSet.keys
        #expect(
            ODataKey.predicate(keys, of: ["Order": "1", "Position": 2], version: 4)
                == "Order='1',Position=2")
        #expect(ODataKey.predicate(keys, of: ["Order": "1"], version: 4) == nil)
        #expect(ODataKey.predicate(keys, of: ["Order": "", "Position": "x"], version: 4) == nil)
        #expect(ODataKey.predicate([], of: [:], version: 4) == nil)
        #expect(ODataKey.predicate([keys[0]], of: ["Order": ""], version: 2) == "''")
    }
}

@Suite("ODataLiteral")
struct ODataLiteralTests {
    /// Value, type, version 2, version 4.
    static let cases: [(JSON, String, String?, String?)] = [
        ("O'Neil", "Edm.String", "'O''Neil'", "'O''Neil'"),
        ("0000004712", "Edm.String", "'0000004712'", "'0000004712'"),
        (12, "Edm.String", nil, nil), (nil, "Edm.String", "null", "null"),
        (
            "005056ab-0000-1eef-a000-000000000001", "Edm.Guid",
            "guid'005056ab-0000-1eef-a000-000000000001'", "005056ab-0000-1eef-a000-000000000001"
        ),
        ("x' or 1 eq 1", "Edm.Guid", nil, nil), ("12.50", "Edm.Decimal", "12.50M", "12.50"),
        (.number("12.50"), "Edm.Decimal", "12.50M", "12.50"), ("1e3", "Edm.Decimal", nil, nil),
        ("5", "Edm.Int64", "5L", "5"),
        ("9007199254740993", "Edm.Int64", "9007199254740993L", "9007199254740993"),
        (-3, "Edm.Int32", "-3", "-3"),
        ("1 or 1", "Edm.Int32", nil, nil), ("", "Edm.Int32", nil, nil),
        (.number("1.5E+3"), "Edm.Double", "1.5E+3d", "1.5E+3"),
        (true, "Edm.Boolean", "true", "true"), ("X", "Edm.Boolean", nil, nil),
        (
            "/Date(1768460400123)/", "Edm.DateTime", "datetime'2026-01-15T07:00:00.123'",
            "2026-01-15T07:00:00.123Z"
        ),
        (
            "/Date(1768435200000)/", "Edm.DateTime", "datetime'2026-01-15T00:00:00'",
            "2026-01-15T00:00:00Z"
        ),
        (
            "/Date(1768460400123+0060)/", "Edm.DateTimeOffset",
            "datetimeoffset'2026-01-15T07:00:00.123Z'", "2026-01-15T07:00:00.123Z"
        ),
        (
            "/Date(-1)/", "Edm.DateTime", "datetime'1969-12-31T23:59:59.999'",
            "1969-12-31T23:59:59.999Z"
        ),
        (
            "/Date(253402214400000)/", "Edm.DateTime", "datetime'9999-12-31T00:00:00'",
            "9999-12-31T00:00:00Z"
        ),
        (
            "2026-01-15T07:00:00.1234567Z", "Edm.DateTimeOffset",
            "datetimeoffset'2026-01-15T07:00:00.1234567Z'", "2026-01-15T07:00:00.1234567Z"
        ),
        (
            "2026-01-15T08:00:00+01:00", "Edm.DateTime", "datetime'2026-01-15T07:00:00'",
            "2026-01-15T07:00:00Z"
        ),
        (
            "2026-01-15T08:00:00", "Edm.DateTimeOffset", "datetimeoffset'2026-01-15T08:00:00Z'",
            "2026-01-15T08:00:00Z"
        ),
        ("2026-01-15", "Edm.Date", "2026-01-15", "2026-01-15"),
        ("/Date(1768435200000)/", "Edm.Date", "2026-01-15", "2026-01-15"),
        ("2026-01-15", "Edm.DateTime", "datetime'2026-01-15T00:00:00'", "2026-01-15T00:00:00Z"),
        ("' or '", "Edm.DateTime", nil, nil),
        ("PT13H20M00S", "Edm.Time", "time'PT13H20M00S'", "time'PT13H20M00S'"),
        ("13:20:00", "Edm.TimeOfDay", "13:20:00", "13:20:00"), ("PT1H'", "Edm.Duration", nil, nil),
        ("Red", "NS.Color", nil, "NS.Color'Red'"), ("AA==", "Edm.Binary", nil, nil),
        ([1], "Edm.String", nil, nil),
    ]

    @Test(
        "sap 2: values are written as each version writes them, and nothing but values",
        arguments: cases)
    func write(_ value: JSON, _ type: String, _ old: String?, _ new: String?) {
        #expect(ODataLiteral.write(value, type: type, version: 2) == old)
        #expect(ODataLiteral.write(value, type: type, version: 4) == new)
    }
}
