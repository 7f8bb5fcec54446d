import Foundation
import HTTPClient
import Testing

@Suite("FileFolder over SFTP", .timeLimit(.minutes(5)))
struct SFTPFolderTests {
    private static func folder(
        _ server: SFTPServer, url: String? = nil, proof: SFTPLogin.Proof? = nil
    ) throws -> FileFolder {
        try FileFolder(
            url: url ?? server.url,
            login: SFTPLogin(
                user: server.user, proof: proof ?? .keyFile(server.userKey),
                knownHosts: server.knownHosts))
    }

    @Test("lists files and folders by name with sizes, whatever the names are")
    func listing() async throws {
        let server = try SFTPServer()
        let names = [" leading", "#x%41?", ".hidden", "a  b.xml", "b -> c", "grün", "trailing "]
        for name in names {
            try Data(name.utf8).write(to: URL(filePath: server.folder + "/" + name))
        }
        try run("cd \(server.folder) && mkdir sub && mkfifo pipe && ln -s /etc/passwd link")
        try run("cd \(server.folder) && printf x > \"$(printf 'latin\\351')\"")
        let listing = try await Self.folder(server).list()
        let expected = (names + ["sub", "link"]).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        #expect(listing.entries.map(\.name) == expected)
        for entry in listing.entries {
            let isFile = names.contains(entry.name)
            #expect(entry.size == (isFile ? entry.name.utf8.count : nil), "\(entry.name)")
            #expect(entry.isDirectory == (entry.name == "sub"), "\(entry.name)")
            #expect(entry.stamp.isEmpty != isFile || entry.isDirectory, "\(entry.name)")
        }
        #expect(listing.skippedCount == 2)
    }

    @Test("a name with a line's end costs no other its size")
    func newline() async throws {
        let server = try SFTPServer()
        for name in ["a", "b\nc", "d"] {
            try Data("12345".utf8).write(to: URL(filePath: server.folder + "/" + name))
        }
        let listing = try await Self.folder(server).list()
        let sizes = listing.entries.reduce(into: [:]) { $0[$1.name] = $1.size }
        #expect(sizes["a"] == 5)
        #expect(sizes["d"] == 5)
    }

    @Test("an empty folder has no entries, and many are all there")
    func counts() async throws {
        let server = try SFTPServer()
        let folder = try Self.folder(server)
        #expect(try await folder.list() == (try await folder.list()))
        #expect(try await folder.list().entries.isEmpty)
        for index in 0..<1500 {
            try Data().write(to: URL(filePath: "\(server.folder)/IDOC_\(index + 10_000).xml"))
        }
        let entries = try await folder.list().entries
        #expect(entries.map(\.name) == (0..<1500).map { "IDOC_\($0 + 10_000).xml" })
        #expect(entries.allSatisfy { $0.size == 0 })
    }

    @Test("reads files over one connection, up to the limit and not beyond")
    func reading() async throws {
        let server = try SFTPServer()
        let text = String(repeating: "docket", count: 100_000)
        try Data(text.utf8).write(to: URL(filePath: server.folder + "/ü #%41?.xml"))
        let folder = try Self.folder(server)
        for _ in 0..<5 {
            #expect(try await folder.read("ü #%41?.xml", bytesMax: 600_000) == Array(text.utf8))
        }
        #expect(server.connectionCount == 1)
        let error = await Self.failure {
            _ = try await folder.read("ü #%41?.xml", bytesMax: 599_999)
        }
        guard case .tooLarge(599_999, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a connection that ended meanwhile is made anew")
    func reconnecting() async throws {
        let server = try SFTPServer()
        try Data("1".utf8).write(to: URL(filePath: server.folder + "/a"))
        let folder = try Self.folder(server)
        for round in 1...3 {
            #expect(try await folder.read("a", bytesMax: 9) == [49])
            #expect(server.connectionCount == round)
            server.dropConnections()
        }
    }

    private static func failure(_ body: () async throws -> Void) async -> FolderError? {
        do {
            try await body()
            Issue.record("expected an error")
        } catch let error as FolderError {
            return error
        } catch {
            Issue.record("unexpected \(error)")
        }
        return nil
    }

    @Test("a server with another key, or with none that is known, gets no login")
    func hostKeys() async throws {
        let server = try SFTPServer()
        try server.knowHost(key: "other.pub")
        for _ in 0..<2 {
            let folder = try Self.folder(server, proof: .password("hunter2"))
            let error = await Self.failure { _ = try await folder.list() }
            guard case .unknownHost("localhost", Int(server.port), _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains("ssh-keyscan -p \(server.port) localhost") == true)
            try "".write(toFile: server.knownHosts, atomically: true, encoding: .utf8)
        }
        let log = try String(contentsOfFile: server.base + "/log", encoding: .utf8)
        #expect(!log.contains("Failed password"))
    }

    @Test("a refused password is sent once, and the error does not show it")
    func password() async throws {
        let server = try SFTPServer()
        let folder = try Self.folder(server, proof: .password("hunter2"))
        for _ in 0..<3 {
            let error = await Self.failure { _ = try await folder.list() }
            guard case .signIn("localhost", server.user, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.isTransient == false)
            #expect(error?.description.contains("hunter2") == false)
        }
        #expect(server.connectionCount == 1)
    }

    @Test("a key that the server does not know is refused")
    func key() async throws {
        let server = try SFTPServer()
        let folder = try Self.folder(server, proof: .keyFile(server.base + "/other"))
        let error = await Self.failure { _ = try await folder.list() }
        guard case .signIn = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("what is not there, or not for us, is said to be so")
    func missing() async throws {
        let server = try SFTPServer()
        let folder = try Self.folder(server)
        var error = await Self.failure { _ = try await folder.read("a b", bytesMax: 9) }
        #expect(error == .missing(place: server.url + "a%20b"))
        let nowhere = try Self.folder(server, url: server.url + "no/")
        error = await Self.failure { _ = try await nowhere.list() }
        #expect(error == .missing(place: server.url + "no/"))
        try run("mkdir \(server.folder)/closed && chmod 0 \(server.folder)/closed")
        let closed = try Self.folder(server, url: server.url + "closed/")
        error = await Self.failure { _ = try await closed.list() }
        // So that it can be removed.
        try run("chmod 700 \(server.folder)/closed")
        guard case .forbidden = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a name that leads out of the folder is refused", arguments: ["..", "../user", "/etc"])
    func names(_ name: String) async throws {
        let server = try SFTPServer()
        let error = await Self.failure {
            _ = try await Self.folder(server).read(name, bytesMax: 9999)
        }
        #expect(error == .badName)
        #expect(server.connectionCount == 0)
    }

    @Test("a server that is silent is waited for until somebody cancels")
    func cancelling() async throws {
        let server = try RawServer { _ in nil }
        let folder = try FileFolder(
            url: "sftp://127.0.0.1:\(server.port)/",
            login: SFTPLogin(user: "u", proof: .password("p"), knownHosts: "/dev/null"))
        let task = Task { try await folder.list() }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        await #expect(throws: FolderError.cancelled) { _ = try await task.value }
    }

    @Test("nobody there is transient")
    func unreachable() async throws {
        let port = SilentPort()
        let folder = try FileFolder(
            url: "sftp://127.0.0.1:\(port.port)/",
            login: SFTPLogin(user: "u", proof: .password("p"), knownHosts: "/dev/null"))
        let error = await Self.failure { _ = try await folder.list() }
        #expect(error?.isTransient == true)
    }
}
