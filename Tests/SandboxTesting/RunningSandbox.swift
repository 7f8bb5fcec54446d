package import Foundation
package import HTTPClient
package import JSON

/// The real executable as a child of the test, and a client for it.
package struct RunningSandbox: Sendable {
    package let http: HTTPClient
    /// What it printed, by the word before the colon.
    package let announced: [String: String]
    package let processID: pid_t

    /// Beside the test bundle, where the build puts both.
    package static var executable: URL {
        get throws {
            let bundle = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
            let path = URL(filePath: bundle).deletingLastPathComponent()
            let sandbox = path.appending(path: "docket-sandbox")
            if FileManager.default.isExecutableFile(atPath: sandbox.path) { return sandbox }
            // The bundle of some toolchains is run by a helper elsewhere.
            let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            return built.appending(path: "docket-sandbox")
        }
    }

    /// Runs a sandbox for as long as the body takes.
    package static func with(
        _ arguments: [String] = [], _ body: (RunningSandbox) async throws -> Void
    ) async throws {
        let (processID, output) = try start(["--exit-with-parent"] + arguments)
        defer {
            kill(processID, SIGTERM)
            waitpid(processID, nil, 0)
        }
        let sandbox = RunningSandbox(
            http: try HTTPClient(), announced: try announcement(output), processID: processID)
        try await body(sandbox)
        sandbox.http.close()
    }

    /// Not by Foundation's `Process`, which does not bear many of itself at the same time.
    private static func start(_ arguments: [String]) throws -> (pid_t, FileHandle) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(message: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        let output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Dispatch's threads block signals, and the program would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let path = try executable.path
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = [strdup("PATH=/usr/bin:/bin"), nil]
        defer { for text in words + variables { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, path, &actions, &attributes, words, variables)
        guard code == 0 else {
            throw Failure(message: "\(path): \(String(cString: strerror(code)))")
        }
        return (processID, output)
    }

    /// Reads what the sandbox prints, up to its last line.
    package static func announcement(_ handle: FileHandle) throws -> [String: String] {
        var text = ""
        while !text.contains("mailboxes: ") || !text.hasSuffix("\n") {
            // FileHandle ends the program where a signal interrupts it.
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(handle.fileDescriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure(message: "no announcement: \(text)") }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        var announced: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            announced[String(line[..<colon])] = String(line[colon...].dropFirst(2))
        }
        return announced
    }

    package struct Failure: Error {
        package let message: String

        package init(message: String) { self.message = message }
    }

    package var origin: String {
        announced["docket-sandbox", default: ""]
            .replacingOccurrences(of: "listening on ", with: "")
    }

    package var users: String { origin + "/v1.0/users" }

    // Requests

    package struct Answer {
        package let status: Int
        package let headers: HTTPHeaders
        package let body: [UInt8]

        package var json: JSON { (try? JSON.parse(body)) ?? .null }

        package var items: [JSON] { json["value"]?.arrayValue ?? [] }

        package var errorCode: String? { json["error"]?["code"]?.stringValue }

        package var nextLink: String? { json["@odata.nextLink"]?.stringValue }

        package var deltaLink: String? { json["@odata.deltaLink"]?.stringValue }
    }

    package func send(
        _ method: String, _ url: String, headers: [(String, String)] = [], body: String? = nil
    ) async throws -> Answer {
        let response = try await http.send(
            HTTPRequest(method, url: url, headers: headers, body: body.map { Array($0.utf8) }))
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    package func control(
        _ method: String, _ path: String, _ body: JSON? = nil
    ) async throws -> JSON {
        let answer = try await send(
            method, "\(origin)/sandbox/\(path)", body: body?.serialized())
        guard answer.status == 200 else {
            throw Failure(message: "\(path): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return answer.json
    }

    /// A form for the token endpoint, as it should be but for the changes.
    package func form(_ changes: [String: String] = [:]) -> String {
        var fields = [
            "grant_type": "client_credentials", "client_id": announced["client_id"] ?? "",
            "client_secret": announced["client_secret"] ?? "",
            "scope": "https://graph.example/.default",
        ]
        fields.merge(changes) { $1 }
        let allowed = CharacterSet.alphanumerics
        return fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }.joined(separator: "&")
    }

    package func requestToken(_ form: String, tenant: String? = nil) async throws -> Answer {
        let path = "\(tenant ?? announced["tenant"] ?? "")/oauth2/v2.0/token"
        return try await send(
            "POST", "\(origin)/\(path)",
            headers: [("Content-Type", "application/x-www-form-urlencoded")], body: form)
    }

    package func token() async throws -> String {
        let answer = try await requestToken(form())
        guard let token = answer.json["access_token"]?.stringValue else {
            throw Failure(message: "no token: \(String(decoding: answer.body, as: UTF8.self))")
        }
        return token
    }

    /// Asks with immutable ids, unless told otherwise.
    package func get(
        _ url: String, token: String, immutable: Bool = true, pageSize: Int? = nil,
        prefer: String? = nil
    ) async throws -> Answer {
        var preferences = immutable ? [#"IdType="ImmutableId""#] : []
        if let pageSize { preferences.append("odata.maxpagesize=\(pageSize)") }
        if let prefer { preferences.append(prefer) }
        var headers = [("Authorization", "Bearer \(token)")]
        if !preferences.isEmpty { headers.append(("Prefer", preferences.joined(separator: ", "))) }
        return try await send("GET", url, headers: headers)
    }
}
