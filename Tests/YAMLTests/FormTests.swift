import Testing
import YAML

struct FormTests {
    @Test(arguments: [
        ("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("1h", 3_600_000), ("2d", 172_800_000),
    ])
    func durationsHaveAUnit(yaml: String, milliseconds: Int) {
        let form = Form<Duration>.duration(.zero...(.seconds(1 << 40)))
        #expect(read(yaml, form).0 == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "30", "5 m", "m", "-5m", "1.5h", "5M", "1h30m", "''", "9223372036854775807d", "٣m",
    ])
    func otherDurationsAreRefused(yaml: String) {
        let (value, messages) = read(yaml, Form<Duration>.duration(.zero...(.seconds(1 << 40))))
        #expect(value == nil)
        #expect(messages.count == 1)
    }

    @Test(arguments: [
        ("0B", 0), ("10kB", 10_000), ("50MB", 50_000_000), ("2GB", 2_000_000_000),
        ("64KiB", 65_536), ("1MiB", 1_048_576), ("1GiB", 1_073_741_824),
    ])
    func sizesHaveAUnit(yaml: String, bytes: Int) {
        #expect(read(yaml, Form<Int>.byteSize(0...Int.max)).0 == bytes)
    }

    @Test(arguments: ["10KB", "10", "10 kB", "-1kB", "9223372036854775807GB", "1TB", "kB"])
    func otherSizesAreRefused(yaml: String) {
        #expect(read(yaml, Form<Int>.byteSize(0...Int.max)).0 == nil)
    }

    @Test(arguments: [("20%", 0.2), ("0%", 0), ("100%", 1), ("0.5%", 0.005)])
    func percentagesBecomeFractions(yaml: String, fraction: Double) {
        #expect(read(yaml, Form<Double>.percentage).0 == fraction)
    }

    @Test(arguments: ["20", "101%", "-1%", "%", "1.2.3%", "1e1%", "nan%"])
    func otherPercentagesAreRefused(yaml: String) {
        #expect(read("'\(yaml)'", Form<Double>.percentage).0 == nil)
    }

    @Test(arguments: ["2024-02-29", "2025-12-31", "1999-01-01"])
    func daysExist(yaml: String) {
        #expect(read(yaml, Form<Day>.day).0?.description == yaml)
    }

    @Test(arguments: [
        "2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "20250101", "2025-01-32",
    ])
    func otherDaysAreRefused(yaml: String) {
        #expect(read("'\(yaml)'", Form<Day>.day).0 == nil)
    }

    @Test(arguments: [
        ("https://host", true), ("http://127.0.0.1:8080/a?b=c", true), ("https://[::1]:443/", true),
        ("https://", false), ("host/path", false), ("ftp://host/", false),
        ("https://h:99999/", false),
        ("https://a b/", false), ("https://user:password@host/", false), ("https://h:x/", false),
        ("https://[::1/", false), ("//host/", false),
    ])
    func urlsHaveASchemeAndAHostAndNoUser(yaml: String, isValid: Bool) {
        #expect((read("'\(yaml)'", Form<String>.url()).0 != nil) == isValid)
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1", true), ("127.8.9.10", true), ("::1", true),
        ("127.0.0.1.example", false), ("10.0.0.1", false), ("0.0.0.0", false),
        ("127.0.0.256", false),
        ("localhost.example", false), ("::", false), ("", false),
    ])
    func onlyThisMachineIsLoopback(host: String, isLoopback: Bool) {
        #expect(Address.isLoopback(host) == isLoopback)
    }

    @Test func aBadItemDoesNotHideTheOthers() {
        let form = Form<[Int]>.list(of: .integer(1...9), count: 0...5)
        #expect(
            read("[1, 20, x, 3]", form).1 == [
                "`20` is out of range; expected 1 to 9",
                "expected an integer from 1 to 9, found text `x`",
            ])
        #expect(read("[1, 2, 3, 4, 5, 6]", form).1 == ["expected at most 5 items, found 6"])
        #expect(read("[9]", form).0 == [9])
    }

    @Test func alternativesAreToldApartByTheirKind() {
        let form = Form<Int>.integer(1...3).map { "number \($0)" }
            .or(Form<[String]>.list(of: .text).map { "list \($0.count)" })
        #expect(read("2", form).0 == "number 2")
        #expect(read("[a, b]", form).0 == "list 2")
        #expect(
            read("true", form).1 == [
                "expected an integer from 1 to 3 or a list of text, found a boolean `true`"
            ])
    }

    @Test func mappingsTakeNamesOfTheAuthor() {
        let form = Form<[String: Int]>.mapping(of: .integer(0...9))
        #expect(read("{a: 1, b: 2}", form).0 == ["a": 1, "b": 2])
        #expect(read("{a: 1, b: 20}", form).0 == nil)
    }

    @Test(arguments: Form<Setting>.typeNames)
    func everyTypeADefinitionMayNameHasAForm(name: String) {
        #expect(Form<Setting>(type: name) != nil)
        #expect(Form<Setting>(type: name + "x") == nil)
    }

    private func read<Value>(_ yaml: String, _ form: Form<Value>) -> (Value?, [String]) {
        var reader = Reader(Source(path: "t.yaml", text: yaml))
        let value = Node.parse(&reader).flatMap { form.decode($0, &reader) }
        #expect((value == nil) == reader.hasErrors)
        return (value, reader.diagnostics.map(\.message))
    }
}
