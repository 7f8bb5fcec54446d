import JSON
import Testing

@Suite("JSONError")
struct JSONErrorTests {
    @Test(
        "refuses what the grammar does not have",
        arguments: [
            "", " ", "tru", "True", "nul", "01", "-", "+1", "1.", ".5", "1e", "1e+", "NaN",
            "Infinity", "'a'", "[1,]", "[,1]", "[1 2]", "[", "]", "{", "{]", #"{"a"}"#,
            #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"{1:1}"#, #"{"a" 1}"#, #"""#, #""\x""#,
            #""\u12g4""#, #""\u12"#, #""\"#, "\"\n\"", "\"\u{0}\"", "1 1", "{} x", "// c\n1",
            "\u{FEFF}\u{FEFF}1", "\u{A0}1",
        ])
    func grammar(_ text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(text) }
    }

    @Test("says where, what was expected, and whether the text was cut off")
    func place() throws {
        let error = #expect(throws: JSONError.self) {
            try JSON.parse("{\"é\": 1,\n \"ü\" 2}")
        }
        #expect(error?.problem == .unexpected(expected: "`:`"))
        #expect(error?.offset == 16)
        #expect(error?.line == 2)
        #expect(error?.column == 6)
        #expect(error?.isTransient == false)
        let cut = #expect(throws: JSONError.self) { try JSON.parse("[1") }
        #expect(cut?.problem == .ended(expected: "`,` or `]`"))
        #expect(cut?.isTransient == true)
    }

    @Test("finds a cut at every byte")
    func truncation() {
        let text = Array(#"{"a":[1.5,"x\u00e9\n",true,null,{"b":{}}],"é":-2e3}"#.utf8)
        #expect(throws: Never.self) { try JSON.parse(text) }
        for count in 0..<text.count {
            #expect(throws: JSONError.self, "\(count)") { try JSON.parse(Array(text[..<count])) }
        }
    }

    @Test("stops at its limits instead of at the end of stack or memory")
    func limits() {
        var limits = JSONLimits()
        limits.byteCountMax = 300_000
        limits.valueCountMax = 1000
        func problem(_ text: String) -> JSONError.Problem? {
            #expect(throws: JSONError.self) { try JSON.parse(text, limits: limits) }?.problem
        }
        #expect(problem(String(repeating: "[", count: 100_000)) == .tooDeep(depthMax: 64))
        let objects = String(repeating: #"{"":"#, count: 65)
        #expect(problem(objects) == .tooDeep(depthMax: 64))
        #expect(
            problem("1" + String(repeating: "0", count: 200_000))
                == .numberTooLong(byteCountMax: 1024))
        let many = "[" + String(repeating: "[],", count: 1000) + "[]]"
        #expect(problem(many) == .tooManyValues(valueCountMax: 1000))
        let long = "\"" + String(repeating: "a", count: 300_000) + "\""
        #expect(problem(long) == .tooLong(byteCountMax: 300_000))
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSON.parse(deep, limits: limits) }
    }
}
