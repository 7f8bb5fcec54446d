import ConnectorFiles
import Connectors
import Domain
import Foundation
import HTTPClient
import JSON
import SandboxTesting
import Synchronization
import Testing
import YAML

/// A reader of the Salesforce definition against a sandbox of its own.
struct SalesforceReading: Sendable {
    let crm: CRMClient
    let time = HastyTime()
    let reader: ConnectorReader

    /// How a test's connector differs from the usual one.
    struct Configured {
        var objects: JSON = ["Case"]
        var scope: JSON = [:]
        var connection: [String: String] = [:]
        var baseURL: String?
        var budgetShare = 0.8
        /// Texts of the definition, and what stands there instead.
        var changes: [(String, String)] = []
        /// Seconds that our clock is ahead.
        var ahead = 0.0
    }

    static func with(
        _ configured: Configured = Configured(),
        _ body: (SalesforceReading) async throws -> Void
    ) async throws {
        try await CRMClient.with { crm in
            try await body(try SalesforceReading(crm, configured))
        }
    }

    init(_ crm: CRMClient, _ configured: Configured) throws {
        self.crm = crm
        time.set(ahead: configured.ahead)
        let facts = crm.sandbox.announced
        let own = [
            "login_url": facts["crm_login_url", default: ""],
            "client_id": facts["crm_client_id", default: ""],
            "client_secret": facts["crm_client_secret", default: ""], "api_version": crm.version,
        ]
        reader = try ConnectorReader(
            definition: try Self.definition(configured.changes),
            settings: Settings(
                name: "crm", baseURL: configured.baseURL, tokenURL: nil,
                connection: own.merging(configured.connection) { $1 }.filter { !$1.isEmpty },
                scope: configured.scope.merging(["objects": configured.objects]),
                requestsPerSecond: 10_000, budgetShare: configured.budgetShare),
            client: try HTTPClient(), surroundings: time.surroundings)
    }

    /// The definition that comes with docket, but for the changes.
    static func definition(_ changes: [(String, String)]) throws -> Definition {
        let file = try #require(ConnectorFiles.all.first { $0.name == "salesforce.yaml" })
        var text = String(decoding: file.content, as: UTF8.self)
        for (old, new) in changes {
            try #require(text.contains(old), "the definition says nothing like \(old)")
            text = text.replacing(old, with: new)
        }
        let (definition, problems) = Definition.decode(Source(path: "salesforce.yaml", text: text))
        return try #require(definition, "\(problems)")
    }

    func stream(_ object: String = "Case") async throws -> Domain.Stream {
        let scope = try #require(reader.scopes.first { $0.name == object })
        return try #require(try await reader.streams(of: scope).first)
    }

    private struct Nothing: Filed {
        func marks() async throws -> [String: String] { [:] }
    }

    func feed(_ object: String = "Case") async throws -> any PageFeed {
        reader.feed(of: try await stream(object), filed: Nothing())
    }

    /// Reads to the end of a round, as a pass does; `between` is done behind each page but the
    /// last, with its number.
    ///
    /// - Returns: Where the next round begins.
    /// - Throws: What keeps a page from being read.
    @discardableResult
    func round(
        _ object: String = "Case", at cursor: Cursor = .start, into mirror: inout OrgMirror,
        between: (Int) async throws -> Void = { _ in }
    ) async throws -> Cursor {
        let feed = try await feed(object)
        var cursor = cursor
        for number in 1...1000 {
            let page = try await feed.page(at: cursor)
            mirror.apply(page)
            cursor = page.cursor
            if case .delta = cursor { return cursor }
            try await between(number)
        }
        throw RunningSandbox.Failure(message: "the round has no end")
    }

    /// The ids of what a client holds that has read everything.
    func truth(_ object: String = "Case") async throws -> Set<String> {
        let rows = try await crm.control("GET", "truth").arrayValue ?? []
        return Set(
            rows.filter { $0["scope"]?.stringValue == object }
                .compactMap { $0["source_id"]?.stringValue })
    }

    func patch(_ object: String, _ id: String, _ fields: JSON, _ more: JSON = [:]) async throws {
        _ = try await crm.control(
            "PATCH", "records/\(object)/\(id)", more.merging(["fields": fields]))
    }

    /// Gives a record the very stamp; the org is told an age, and a second may end meanwhile.
    func restamp(_ object: String, _ id: String, _ stamp: String) async throws {
        let date = try #require(Timestamp(stamp)?.date)
        for _ in 0..<10 {
            let age = Int(Date().timeIntervalSince(date))
            try await patch(object, id, [:], ["stamp_age": JSON(age)])
            let record = try await crm.records(
                "SELECT Id, SystemModstamp FROM \(object) WHERE Id = '\(id)'"
            ).first
            let text = record?["SystemModstamp"]?.stringValue ?? ""
            if Timestamp(text)?.date == date { return }
        }
        throw RunningSandbox.Failure(message: "no record gets the stamp \(stamp)")
    }

    /// Tokens given out since the start, the one of ``crm`` included.
    func tokens() async throws -> Int {
        try #require(try await crm.control("GET", "state")["sessions"]?.intValue)
    }
}

/// What would be filed after some pages.
struct OrgMirror {
    private(set) var records: [String: JSON] = [:]
    /// Those shown since it was set to nothing.
    var seen: Set<String> = []

    var ids: Set<String> { Set(records.keys) }

    mutating func apply(_ page: Page) {
        for record in page.records {
            seen.insert(record.sourceID)
            if record.change == .removed {
                records.removeValue(forKey: record.sourceID)
            } else {
                records[record.sourceID] = record.payload
            }
        }
    }

    /// What a round did not show that shows everything is gone.
    mutating func sweep() { records = records.filter { seen.contains($0.key) } }

    /// The stamp of a record.
    func date(_ id: String) -> Date? {
        text(id, "SystemModstamp").flatMap { Timestamp($0)?.date }
    }

    func text(_ id: String, _ path: String) -> String? {
        Path(path).flatMap { $0.first(in: records[id] ?? .null) }?.scalarText
    }
}

/// The real time, but for a difference; nobody really sleeps.
final class HastyTime: Sendable {
    private let state = Mutex<(ahead: Double, sleeps: [Duration])>((0, []))

    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func set(ahead: Double) { state.withLock { $0.ahead = ahead } }

    var surroundings: Surroundings {
        Surroundings(
            now: { Date().addingTimeInterval(self.state.withLock { $0.ahead }) },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { $0.sleeps.append(duration) }
            }, fraction: { 0.5 })
    }
}

extension Cursor {
    /// The position in it.
    var position: JSON {
        switch self {
        case .start: .null
        case .next(let text), .delta(let text): (try? JSON.parse(text)) ?? .null
        }
    }

    /// The same place as if deletions were last asked for so many minutes earlier.
    func deletionsUnknown(for minutes: Int) -> Cursor {
        let since = Date().addingTimeInterval(-60 * Double(minutes)).formatted(.iso8601)
        return .delta(position.merging(["deleted_from": .string(since)]).serialized())
    }

    /// The same place as if two minutes had passed, with deletions to be asked for at once.
    func deletionsAsked() -> Cursor {
        let (since, end) = (Date().addingTimeInterval(-3600), Date().addingTimeInterval(120))
        let window: JSON = [
            "deleted_from": .string(since.formatted(.iso8601)),
            "deleted_to": .string(end.formatted(.iso8601)),
        ]
        return .next(position.merging(window).serialized())
    }
}

/// The error of something that must fail.
func refusal<Value>(
    _ body: () async throws(ConnectorError) -> Value
) async -> ConnectorError? {
    do {
        _ = try await body()
        Issue.record("expected an error")
        return nil
    } catch {
        return error
    }
}
