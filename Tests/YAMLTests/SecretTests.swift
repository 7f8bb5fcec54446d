import Foundation
import Testing
import YAML

struct SecretTests {
    @Test func aSecretNeverShows() throws {
        let secret = try #require(read("${env:KEY}").0)
        #expect("\(secret)" == "***")
        #expect(String(reflecting: secret) == "***")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("KEY"))
        #expect(!"\([secret])".contains("KEY"))
        #expect(try secret.value(References(environment: ["KEY": "hunter2"])) == "hunter2")
    }

    @Test(arguments: [
        "hunter2", "12345", "true", "'x${env:A}'", "${env:A}${env:B}", "'${env:A} '", "x}", "''",
        "'${'",
    ])
    func aLiteralIsRefusedAndNotShown(yaml: String) {
        let (secret, diagnostics) = read(yaml)
        #expect(secret == nil)
        #expect(diagnostics.map(\.message) == ["a secret must not stand in this file"])
        #expect(diagnostics.first?.rendered().contains("key: ***") == true)
    }

    @Test(arguments: [
        "${vault:x}", "${x}", "${env:}", "${credential:../x}", "${credential:.x}", "${file:}",
        "${credential:a/b}", "${env:A=B}", "${}",
    ])
    func aBadReferenceIsRefused(yaml: String) {
        #expect(read(yaml).0 == nil)
        #expect(read(yaml).1.count == 1)
    }

    @Test(arguments: [
        ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), ("s3cret", "s3cret"), ("a\n\n", "a\n"),
        (" a ", " a "),
    ])
    func oneTrailingLineBreakIsNoPartOfIt(content: String, expected: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(content, to: "key", permissions: 0o600)
        let environment = ["CREDENTIALS_DIRECTORY": folder.path]
        let references = References(environment: environment)
        #expect(try read("${credential:key}").0?.value(references) == expected)
        #expect(try read("${file:key}", in: folder.path).0?.value(references) == expected)
        #expect(try read("${file:\(folder.path)/key}").0?.value(references) == expected)
    }

    @Test func aFileOthersCanReadIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "key", permissions: 0o604)
        #expect(problem("${file:key}", in: folder.path) == .readableByOthers(folder.path + "/key"))
        try folder.write("x", to: "group", permissions: 0o640)
        #expect(problem("${file:group}", in: folder.path) == nil)
    }

    @Test func whatCannotBeASecretIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        try folder.write("", to: "empty", permissions: 0o600)
        try folder.write("\n", to: "newline", permissions: 0o600)
        try folder.write("a\0b", to: "binary", permissions: 0o600)
        try folder.write(String(repeating: "x", count: 65_537), to: "large", permissions: 0o600)
        #expect(mkfifo(path + "/fifo", 0o600) == 0)
        func reference(_ name: String) -> Reference { Reference(kind: .file, name: name) }
        #expect(problem("${file:empty}", in: path) == .empty(reference("empty")))
        #expect(problem("${file:newline}", in: path) == .empty(reference("newline")))
        #expect(problem("${file:binary}", in: path) == .notText(path + "/binary"))
        let tooLarge = FileError.tooLarge(path: path + "/large", bytesMax: 65_536)
        #expect(problem("${file:large}", in: path) == .file(reference("large"), tooLarge))
        let notRegular = FileError.notRegular(path: path + "/fifo")
        #expect(problem("${file:fifo}", in: path) == .file(reference("fifo"), notRegular))
        #expect(problem("${env:UNSET}", in: path) == .variableUnset("UNSET"))
    }

    @Test func aMissingFileNamesPlaceAndRemedy() throws {
        let secret = try #require(read("${credential:graph}").0)
        let references = References(environment: ["CREDENTIALS_DIRECTORY": "/nonexistent"])
        #expect {
            try secret.value(references)
        } throws: { error in
            "\(error)" == """
                t.yaml:1:6: `${credential:graph}`: cannot read `/nonexistent/graph`: \
                No such file or directory; add `LoadCredential=graph:PATH` to the service
                """
        }
    }

    @Test func secretTextMixesLiteralsAndReferences() throws {
        let form = Form<Secret>.secretText
        let secret = try #require(
            read("postgresql://u:${env:P}@h/${env:D}?x=$1", form: form).0)
        #expect(secret.literalPrefix == "postgresql://u:")
        #expect(secret.references.map(\.name) == ["P", "D"])
        let references = References(environment: ["P": "p", "D": "d"])
        #expect(try secret.value(references) == "postgresql://u:p@h/d?x=$1")
    }

    private func problem(_ yaml: String, in folder: String) -> SecretError.Problem? {
        do throws(SecretError) {
            _ = try read(yaml, in: folder).0?.value(References(environment: [:]))
            return nil
        } catch {
            return error.problem
        }
    }

    private func read(
        _ yaml: String, in folder: String? = nil, form: Form<Secret> = .secret
    ) -> (Secret?, [Diagnostic]) {
        let path = folder.map { "\($0)/t.yaml" } ?? "t.yaml"
        var reader = Reader(Source(path: path, text: "key: \(yaml)\n"))
        let field = Field("key", form, "A key.")
        let section = Section([field]) { values, _ in values[field] }
        let value = Node.parse(&reader).flatMap { section.decode($0, &reader) }
        return (value, reader.diagnostics)
    }
}

private struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/docket-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    borrowing func write(_ text: String, to name: String, permissions: mode_t) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        #expect(chmod("\(path)/\(name)", permissions) == 0)
    }
}
