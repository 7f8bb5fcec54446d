import Admin
import Configuration
import Domain
import Enrich
import Foundation
import HTTPServer
import Ingest
import Lifecycle
import Store
import Telemetry
import YAML

/// Everything that runs: pollers, workers, heartbeat, admin listener; meeting in the database.
struct Daemon: Sendable {
    private let setup: Setup
    private let store: Store
    private let models: Models
    private let membership: Membership
    private let log: Log
    let metrics = Metrics()
    private let plans: [ConnectorPlan]
    private let recipes: [ConfiguredRecipe]

    /// Brings the schema up to date, loads the models, and prepares every enabled connector.
    init(_ setup: Setup, _ store: Store, _ log: Log) async throws {
        (self.setup, self.store, self.log) = (setup, store, log)
        let applied = try await store.migrate()
        for name in applied { log.info("migrated", ["migration": name]) }
        models = try await Models(setup)
        var plans: [ConnectorPlan] = []
        var recipes: [ConfiguredRecipe] = []
        for connector in setup.configuration.connectors where connector.isEnabled {
            let own = try models.recipes(of: connector, setup)
            let rules = own.map(\.rule)
            plans.append(try setup.plan(for: connector, rules: rules))
            recipes += own
            let count = try await store.enqueueMissing(connector: connector.name, rules: rules)
            if count > 0 {
                log.info(
                    "recipes changed", ["connector": connector.name, "jobs": "\(count)"])
            }
        }
        (self.plans, self.recipes) = (plans, recipes)
        membership = try await Membership(
            store: store, host: ProcessInfo.processInfo.hostName, version: Version.number
        ) { log.error($0) }
    }

    /// Runs until cancelled.
    func run(_ manager: ServiceManager) async throws {
        var services: [any Service] = [Heartbeat(membership: membership)]
        services += plans.map { Poller(plan: $0, context: context) }
        if !models.isEmpty { services.append(worker) }
        services.append(upkeep)
        let admin = try AdminService(
            listen: setup.configuration.admin.address,
            token: try setup.configuration.admin.token?.value(setup.references), store: store,
            metrics: metrics)
        services.append(admin)
        let address = setup.configuration.admin.description(port: admin.port)
        log.info("ready", ["connectors": "\(plans.count)", "admin": address])
        manager.ready(status: "connectors: \(plans.count); admin at \(address)")
        defer { manager.stopping() }
        do {
            try await runServices(services)
        } catch {
            await close()
            throw error
        }
        await close()
    }

    /// One pass over every enabled connector, then all jobs.
    func runOnce() async -> [(connector: String, report: PassReport)] {
        let heartbeat = Task { await membership.beat() }
        let ingestDone = Flag()
        async let drained: Void = worker.drain { ingestDone.isRaised }
        let reports = await pass(over: plans, .now)
        await upkeep.complete()
        ingestDone.raise()
        await drained
        heartbeat.cancel()
        await close()
        return reports
    }

    /// One pass over some connectors; what it leaves to be enriched waits for whoever does that.
    func sync(
        _ names: Set<String>, _ kind: PassKind
    ) async -> [(connector: String, report: PassReport)] {
        let heartbeat = Task { await membership.beat() }
        let reports = await pass(over: plans.filter { names.contains($0.name) }, kind)
        heartbeat.cancel()
        await close()
        return reports
    }

    /// Reads connectors side by side; the reports are in their order.
    private func pass(
        over plans: [ConnectorPlan], _ kind: PassKind
    ) async -> [(connector: String, report: PassReport)] {
        await withTaskGroup(of: (String, PassReport).self) { group in
            for plan in plans {
                group.addTask {
                    let pass = ConnectorPass(plan: plan, context: context, kind: kind)
                    return (plan.name, await pass.run())
                }
            }
            var reports: [String: PassReport] = [:]
            for await (name, report) in group { reports[name] = report }
            return plans.map { ($0.name, reports[$0.name] ?? PassReport()) }
        }
    }

    private var context: IngestContext {
        IngestContext(store: store, membership: membership, log: log, metrics: metrics)
    }

    private var worker: Worker {
        Worker(
            recipes: recipes, store: store, membership: membership, log: log, metrics: metrics)
    }

    private var upkeep: Upkeep {
        let retentions = setup.configuration.connectors.compactMap { connector in
            connector.retention.map { (connector.name, $0) }
        }
        return Upkeep(
            store: store, retentions: Dictionary(retentions) { first, _ in first }, log: log)
    }

    private func close() async {
        models.shutdown()
        // A task of its own: in the one that was cancelled to get here, nothing would be given
        // back, and others would wait for the lease to lapse.
        await Task { await membership.leave() }.value
    }

    private struct Heartbeat: Service {
        let name = "heartbeat"
        let membership: Membership

        func run() async throws {
            await membership.beat()
            try Task.checkCancellation()
        }
    }
}
