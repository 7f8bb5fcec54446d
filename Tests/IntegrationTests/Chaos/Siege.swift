import FaultProxy
import Foundation
import Postgres
import Synchronization
import Testing

/// An installation with several daemons that faults are played on: a mailbox, a stand-in for the
/// model, and a watch over the database.
struct Siege: Sendable {
    /// What is to be stopped in the end.
    private final class Helpers: Sendable {
        let children = Mutex<[Child]>([])
        let proxies = Mutex<[FaultProxy]>([])
    }

    static let mail = MutatedConnector(name: "mail", system: "mail", scopes: [.support]) { tenant in
        """
        connector: outlook
        \(MutatedConnector.graph(tenant))
        scope: {mailboxes: [\(String.support)], attachments: true}
        """
    }

    let docket: Installation
    let model: StandInModel
    private let configured: Configured
    private let helpers = Helpers()

    /// Makes one for as long as the body takes.
    ///
    /// - Parameters:
    ///   - database: As of ``Installation``.
    ///   - isMigrated: Whether the schema is there, and watched.
    ///   - change: What is to be configured otherwise.
    ///   - body: The fault.
    /// - Throws: What the body throws, or what is missing for it.
    static func with(
        database: ConnectionOptions? = nil, isMigrated: Bool = true,
        _ change: (inout Configured) -> Void = { _ in },
        _ body: (Siege) async throws -> Void
    ) async throws {
        let model = try StandInModel()
        defer { model.stop() }
        var configured = mail.configured()
        configured.recipes = "[summary, {name: tags, labels: [complaint, order, other]}]"
        configured.remoteModel = "http://127.0.0.1:\(model.port)/v1"
        configured.remoteModelKeys = ["sequences: 4"]
        change(&configured)
        let final = configured
        try await Installation.with(final, database: database) { docket in
            let siege = Siege(docket: docket, model: model, configured: final)
            defer { siege.end() }
            if isMigrated {
                let migrated = try await docket.docket("migrate")
                try #require(migrated.status == 0, "\(migrated.errors)")
                try await docket.watch()
            }
            try await body(siege)
        }
    }

    private func end() {
        for proxy in helpers.proxies.withLock({ $0 }) { proxy.stop() }
        for child in helpers.children.withLock({ $0 }) {
            child.send(SIGCONT)
            child.stop()
        }
    }

    /// A way to the database that can fail.
    func proxy() throws -> FaultProxy {
        let host = docket.databaseURL.firstMatch(of: /host=([^&]*)/).map { String($0.1) } ?? ""
        let proxy = try FaultProxy(to: .unix("\(host)/.s.PGSQL.5432"), .postgres)
        helpers.proxies.withLock { $0.append(proxy) }
        return proxy
    }

    /// Starts docket under a name, by which the database knows it.
    ///
    /// - Parameters:
    ///   - name: One word; whoever has it has to be gone.
    ///   - proxy: The way to the database; nil: straight.
    ///   - arguments: What it is to do.
    ///   - settings: More of the database's URL, as `&name=value`.
    ///   - model: The URL of the model; nil: straight to the stand-in.
    ///   - environment: More variables.
    /// - Returns: The process.
    /// - Throws: Where it cannot be started.
    @discardableResult
    func start(
        _ name: String, through proxy: FaultProxy? = nil, _ arguments: [String] = ["run"],
        settings: String = "", model: String? = nil, environment: [String: String] = [:]
    ) throws -> Child {
        var configured = configured
        if let model { configured.remoteModel = model }
        var url = docket.databaseURL + "&application_name=\(name)" + settings
        if let proxy {
            let host = try #require(url.firstMatch(of: /host=[^&]*/)).0
            url.replace(host, with: "host=127.0.0.1&port=\(proxy.port)")
            url += "&sslmode=disable&gssencmode=disable"
        }
        try FileManager.default.createDirectory(
            atPath: docket.path(name), withIntermediateDirectories: true)
        try docket.write(
            configured.main(stateDirectory: docket.path(name), databaseURL: url),
            to: "\(name).yaml")
        let words = arguments + ["--config", docket.path("\(name).yaml")]
        let child = try docket.start(words, environment: environment)
        helpers.children.withLock { $0.append(child) }
        return child
    }

    /// Kills a daemon, and lets what it held lapse at once instead of in half a minute.
    func kill(_ child: Child, _ name: String) async throws {
        child.stop()
        docket.expectSecrecy(child.output + child.errors)
        try await docket.lapse(name)
    }

    // The source

    /// Long enough for a summary, and telling itself apart from every other text.
    static func letter(_ number: Int, version: Int = 1) -> String {
        "Reference R-\(number)-\(version). " + EnrichmentTests.letter(number)
    }

    /// Posts letters of these numbers.
    ///
    /// - Returns: Their ids.
    @discardableResult
    func post(_ numbers: Range<Int>, in folder: String = "archive") async throws -> [String] {
        var ids: [String] = []
        for number in numbers {
            ids.append(
                try await docket.tenant.post(
                    "Letter \(number)", body: Self.letter(number), in: folder, of: .support))
        }
        return ids
    }

    // The end

    /// Waits until everything is as it has to be, and notes what is not.
    ///
    /// It has so long for that, without anybody's help, and jobs may have been given up for some
    /// reasons.
    func verify(
        within duration: Duration = .seconds(90), deadLetters: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let violations = try await violations(within: duration, deadLetters: deadLetters)
        let said = helpers.children.withLock { $0 }.map { $0.errors.suffix(2000) }
        #expect(
            violations.isEmpty,
            "\(violations.prefix(20).joined(separator: "\n"))\n\(said.joined(separator: "\n"))",
            sourceLocation: sourceLocation)
    }

    /// What is wrong still after a while in which it may mend itself.
    func violations(within duration: Duration, deadLetters: [String] = []) async throws -> [String]
    {
        let deadline = ContinuousClock.now + duration
        while true {
            try await docket.hurry()
            let broken = try await docket.brokenRules()
            if !broken.isEmpty { return broken }
            let violations = try await docket.violations(of: Self.mail, deadLetters: deadLetters)
            guard !violations.isEmpty, ContinuousClock.now < deadline else { return violations }
            try await Task.sleep(for: .milliseconds(250))
        }
    }
}
