import Connectors
import Testing

@Suite("ODataFailure")
struct ODataFailureTests {
    static func read(_ body: String, _ type: String? = nil) -> ODataFailure {
        ODataFailure.read(body: Array(body.utf8), contentType: type)
    }

    @Test(
        "sap 11: version 2 has the message in an object, version 4 as text, and either may have details"
    )
    func json() {
        let old = Self.read(
            """
            {"error":{"code":"/IWBEP/CX_X","message":{"lang":"en","value":"Order is locked"},
            "innererror":{"transactionid":"1","errordetails":[
            {"code":"V1/042","message":"by BO","severity":"error"},{"message":"no code"}]}}}
            """)
        #expect((old.code, old.message) == ("/IWBEP/CX_X", "Order is locked"))
        #expect(old.details == ["V1/042: by BO", "no code"])
        let new = Self.read(
            #"{"error":{"code":"5","message":"m","target":null,"details":[{"code":"a","message":"b"}]}}"#
        )
        #expect((new.code, new.message, new.details) == ("5", "m", ["a: b"]))
    }

    @Test("sap 11: errors come as XML, HTML or text as well, whatever was asked for")
    func others() {
        let xml = Self.read(
            """
            <?xml version="1.0"?><x:error xmlns:x="urn:any"><x:code>A/1</x:code><x:message xml:lang="de">ü</x:message>
            <x:innererror><x:transactionid>1</x:transactionid><x:errordetails><x:errordetail><x:code>B</x:code>
            <x:message>b</x:message></x:errordetail></x:errordetails></x:innererror></x:error>
            """, "application/json")
        #expect((xml.code, xml.message, xml.details) == ("A/1", "ü", ["B: b"]))
        let html = Self.read(
            "<html><head><title>500 Internal Server Error</title><style>x{}</style></head><body><h1>Dump</h1>\n<p>TIME_OUT</body>",
            "text/html")
        #expect(html.message == "500 Internal Server Error - Dump TIME_OUT")
        let text = Self.read("CSRF token validation failed\n", "text/plain")
        #expect((text.code, text.message) == ("", "CSRF token validation failed"))
        for body in ["", "{", "<", "{\"error\":1}", "<a>", "\u{0}", "{\"error\":{}}"] {
            _ = Self.read(body)
        }
    }

    @Test("what is quoted is short, in one line, and cannot turn the text around")
    func quoted() {
        let filling = String(repeating: "x", count: 5000)
        let long = Self.read(
            #"{"error":{"code":"c","message":"a\n\u202eb\u0000"# + filling + #""}}"#)
        #expect(long.message.hasPrefix("a bx"))
        #expect(long.message.count == 300)
    }

    @Test("sap 12: a notice beside an answer is read from JSON or XML, its details too")
    func notices() {
        let json = ODataNotice.read(
            #"{"code":"V1/302","message":"Gr%C3%B6%C3%9Fe 5%25","severity":"warning","target":"","details":[{"code":"x","message":"100%25","severity":"error"}]}"#
        )
        #expect(json.map(\.severity) == [.warning, .error])
        #expect(json.map(\.text) == ["Größe 5%", "100%25"])
        #expect(json.map(\.code) == ["V1/302", "x"])
        let xml = ODataNotice.read(
            """
            <notification xmlns="urn:any"><code>A/1</code><message>m</message><severity>error</severity><target/>
            <details><detail><code>B</code><message>b</message><severity>odd</severity></detail></details></notification>
            """)
        #expect(xml.map { "\($0.severity) \($0.code) \($0.text)" } == ["error A/1 m", "info B b"])
        let list = ODataNotice.read(
            #"[{"code":"A","message":"m","numericSeverity":4},{"code":"B","numericSeverity":3}]"#)
        #expect(list.map { "\($0)" } == ["error A: m", "warning B: "])
        #expect(ODataNotice.read("%7B%22code%22%3A%22c%22%7D").map(\.code) == ["c"])
        for value in ["", "x", "{", "[]", "<a>", "{}", "null"] {
            #expect(ODataNotice.read(value).isEmpty)
        }
    }
}
