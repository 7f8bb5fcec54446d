import Foundation
import HTTPServer

/// `docket-sandbox`: plays a company's systems on loopback, for demo, tests and rehearsals.
@main
struct SandboxCommand {
    static func main() async {
        let options: Options
        if CommandLine.arguments.contains("--help") {
            print(Options.usage + "\n" + Options.controls + "\n" + Options.crmControls)
            exit(0)
        }
        do throws(Options.Misuse) {
            options = try Options(CommandLine.arguments.dropFirst())
        } catch {
            complain(error.message + "\n" + Options.usage)
            exit(64)
        }
        do {
            try await run(options)
        } catch {
            complain("\(error)")
            exit(70)
        }
        exit(0)
    }

    private static func run(_ options: Options) async throws {
        // First of all, so that a signal during the start ends it as cleanly as one after.
        let parent = getppid()
        let ends = EndSignals()
        var mail = try MailTenant(seed: options.seed)
        if options.messages > 0, let inbox = mail[0].folder(named: "inbox") {
            mail[0].generate(options.messages, in: inbox, bodyBytes: options.bodyBytes)
        }
        let registration = Registration(seed: options.seed, secret: options.secret)
        let crm = try CRMSystem(seed: options.seed)
        if options.crmRecords > 0 {
            await crm.generate(options.crmRecords, bodyBytes: options.bodyBytes, now: Self.now())
        }
        let drives = try DriveSystem(
            seed: options.seed,
            users: mail.mailboxes.map {
                DriveTenant.User(id: $0.guid, address: $0.address, name: $0.displayName)
            })
        let erp = ERPSystem(seed: options.seed, tokenLifetime: options.tokenLifetime)
        let idocs = try IDocSystem.systems(directory: options.idocDirectory, seed: options.seed)
        let systems: [any TenantSystem] = [drives, crm, erp] + idocs
        let sandbox = Sandbox(
            mail: mail, systems: systems, registration: registration,
            tokenLifetime: options.tokenLifetime, pageSize: options.pageSize,
            clock: { Self.now() })
        let isLenient = options.takesEncodedLinks
        let server = try HTTPServer(listen: .tcp(host: options.host, port: options.port)) {
            await sandbox.respond(to: isLenient ? $0.withLinkAsGiven : $0)
        }
        let origin = "http://\(options.host):\(server.port)"
        await sandbox.open(at: origin)
        // Content of files is another host's, which must not be shown a token.
        let content = try HTTPServer(listen: .tcp(host: options.host, port: options.contentPort)) {
            await sandbox.respond(to: $0)
        }
        await drives.open(contentAt: "http://\(options.host):\(content.port)")
        var announcement = announcement(origin, registration, mail)
        for system in systems {
            for line in await system.announcement(origin: origin) {
                announcement += "\(line.key): \(line.value)\n"
            }
        }
        try FileHandle.standardOutput.write(contentsOf: Data(announcement.utf8))
        if let path = options.readyFile {
            try Data(announcement.utf8).write(to: URL(filePath: path), options: .atomic)
        }
        await ends.wait(forParent: options.exitsWithParent ? parent : nil)
        server.stop()
        content.stop()
    }

    private static func now() -> Timestamp { Timestamp(Int64(Date().timeIntervalSince1970)) }

    private static func announcement(
        _ origin: String, _ registration: Registration, _ mail: MailTenant
    ) -> String {
        """
        docket-sandbox: listening on \(origin)
        base_url: \(origin)/v1.0
        token_url: \(origin)/\(registration.tenantID)/oauth2/v2.0/token
        tenant: \(registration.tenantID)
        client_id: \(registration.clientID)
        client_secret: \(registration.secret)
        mailboxes: [\(mail.mailboxes.map(\.address).joined(separator: ", "))]

        """
    }

    private static func complain(_ message: String) {
        try? FileHandle.standardError.write(contentsOf: Data("docket-sandbox: \(message)\n".utf8))
    }
}

extension HTTPRequest {
    /// The request of a client that encoded a link's query anew, as if it had not.
    fileprivate var withLinkAsGiven: HTTPRequest {
        guard let query else { return self }
        let given = query.replacing("%24", with: "$").replacing("%3D", with: "%3d")
        return HTTPRequest(
            method: method, path: path, query: given, headers: headers, body: body,
            remoteAddress: remoteAddress)
    }
}
