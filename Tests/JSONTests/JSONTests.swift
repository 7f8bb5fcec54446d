import JSON
import Testing

@Suite("JSON")
struct JSONTests {
    static let valid: [(String, JSON)] = [
        ("null", .null),
        (" true ", true),
        ("\u{FEFF}false", false),
        ("-0", .number("-0")),
        ("0.10E+2", .number("0.10E+2")),
        ("1e999999", .number("1e999999")),
        (#""""#, ""),
        (#""a\"\\\/\b\f\n\r\t\u0041é""#, "a\"\\/\u{8}\u{C}\n\r\tAé"),
        (#""\ud83d\ude00""#, "😀"),
        (#""\u0000""#, "\u{0}"),
        ("[]", []),
        ("[1,[2,\r\n\t[3]]]", [1, [2, [3]]]),
        ("{}", [:]),
        (#"{"a":{"b":[null]},"":1}"#, ["a": ["b": [nil]], "": 1]),
    ]

    @Test("reads every form of value", arguments: valid)
    func parsing(_ text: String, _ value: JSON) throws {
        #expect(try JSON.parse(text) == value)
    }

    @Test(
        "makes U+FFFD of half a surrogate pair",
        arguments: [
            (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"),
            (#""\ud800A""#, "\u{FFFD}A"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"),
            (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud83dé""#, "\u{FFFD}é"),
        ])
    func loneSurrogate(_ text: String, _ value: String) throws {
        #expect(try JSON.parse(text).stringValue == value)
    }

    @Test(
        "repairs what is not UTF-8 with U+FFFD",
        arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80]])
    func invalidUTF8(_ broken: [UInt8]) throws {
        let text = try JSON.parse(Array("\"a".utf8) + broken + Array("b\\n\"".utf8)).stringValue
        #expect(text?.hasPrefix("a\u{FFFD}") == true)
        #expect(text?.hasSuffix("b\n") == true)
    }

    @Test("takes UTF-16 for what it is: no JSON docket reads")
    func utf16() {
        #expect(throws: JSONError.self) {
            try JSON.parse([0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D])
        }
    }

    @Test("keeps the last of repeated names, in few members and in many")
    func repeatedNames() throws {
        #expect(try JSON.parse(#"{"a":1,"b":2,"\u0061":3}"#) == ["a": 3, "b": 2])
        let many = (0..<100_000).map { #""name\#($0 % 50_000)":\#($0)"# }.joined(separator: ",")
        let members = try #require(JSON.parse("{\(many)}").objectMembers)
        #expect(members.pairs.count == 50_000)
        #expect(members["name7"] == 50_007)
    }

    @Test("merges a partial update: absent stays, present replaces, null stays a value")
    func merging() {
        let whole: JSON = ["subject": "a", "isRead": false, "from": ["name": "x"]]
        let partial: JSON = ["isRead": true, "from": nil, "flag": 1]
        #expect(
            whole.merging(partial)
                == ["subject": "a", "isRead": true, "from": nil, "flag": 1])
        #expect(whole.merging([:]) == whole)
    }

    @Test("writes the shortest text, which reads back the same")
    func serializing() throws {
        let value: JSON = [
            "a\"\\\u{0}\u{1F}\n/é😀": [1, -2.5, nil, true, "", [:], []], "b": .number("1e5"),
        ]
        let text = value.serialized()
        #expect(
            text == #"{"a\"\\\u0000\u001f\n/é😀":[1,-2.5,null,true,"",{},[]],"b":1e5}"#)
        #expect(try JSON.parse(text) == value)
        #expect(JSON(Double.infinity).serialized() == "null")
    }

    static let whole: [(String, Int?)] = [
        ("0", 0), ("-0", 0), ("-0.0", 0), ("42", 42), ("1.0", 1), ("1.50e1", 15), ("1e3", 1000),
        ("1200e-2", 12), ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ("9223372036854775808", nil), ("1.5", nil), ("1e-1", nil), ("1e19", nil), ("1e999999", nil),
        ("1e99999999999999999999", nil), ("1e-9223372036854775808", nil),
        ("0e9223372036854775807", 0), ("1.0e-9223372036854775808", nil),
        ("10e9223372036854775807", nil), ("1.00000000000000000000000001", nil),
    ]

    @Test("gives whole numbers exactly or not at all", arguments: whole)
    func integers(_ text: String, _ value: Int?) throws {
        #expect(try JSON.parse(text).intValue == value)
    }

    @Test("gives doubles where they are finite")
    func doubles() throws {
        #expect(try JSON.parse("2.5").doubleValue == 2.5)
        #expect(try JSON.parse("1e999999").doubleValue == nil)
        #expect(JSON.string("1").doubleValue == nil)
    }

    @Test("keeps the texts of one array's elements as they stand")
    func texts() throws {
        func texts(_ text: String, _ path: String...) throws -> [String] {
            let (value, texts) = try JSON.parse(Array(text.utf8), keepingTextsAt: path)
            #expect(try value == JSON.parse(text))
            return texts
        }
        let text = #" { "a" : {"v":[0]}, "v": [ {"n": 1.0, "s":"\u00e9\/"} , [ 2,3 ],"x" ] } "#
        let elements = [#"{"n": 1.0, "s":"\u00e9\/"}"#, "[ 2,3 ]", #""x""#]
        #expect(try texts(text, "v") == elements)
        #expect(try texts(text, "a", "v") == ["0"])
        #expect(try texts("[1, [2], {}]") == ["1", "[2]", "{}"])
        #expect(try texts(text, "b").isEmpty)
        #expect(try texts(#"{"v":[1],"v":2}"#, "v").isEmpty)
        #expect(try texts(#"{"w":{"v":[1]},"v":{"v":[[2]]}}"#, "v", "v") == ["[2]"])
        #expect(try texts(#"{"v":[]}"#, "v").isEmpty)
    }
}
