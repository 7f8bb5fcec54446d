import Foundation
import JSON
import Postgres
import Testing

/// Sources that break off, turn in circles, and forget what they had.
@Suite("Chaos of sources", .timeLimit(.minutes(10)))
struct ChaosSourceTests {
    @Test("fault 16: pages cut off at any byte are read again whole")
    func cutOff() async throws {
        var random = ChaosPlan.shared.generator("pages cut off")
        try await Siege.with { siege in
            let tenant = siege.docket.tenant
            try await tenant.generate(300, in: "archive", of: .support)
            let count = ChaosPlan.shared.isLong ? 200 : 16
            let faults = (0..<count).map { number -> JSON in
                // The ends of the head and of short answers, then anywhere.
                let byteCount = number < 4 ? number : Int.random(in: 4...30_000, using: &random)
                return [
                    "path": "*messages*", "fault": "truncate", "bytes": JSON(byteCount),
                    "chunked": .bool(.random(using: &random)),
                ]
            }
            try await tenant.control("POST", "faults", .array(faults))
            let daemon = try siege.start("a")
            try await until("all have struck: \(daemon.errors)") {
                try await tenant.control("GET", "faults")["struck"]?.intValue ?? 0 >= count
            }
            try await siege.verify()
            #expect(daemon.poll() == nil)
        }
    }

    @Test(
        "fault 20: a source that turns in circles is left alone after one, and said to",
        arguments: ["repeat-link", "repeat-page", "empty-page", "duplicate-items"])
    func circles(fault: String) async throws {
        try await Siege.with { siege in
            let tenant = siege.docket.tenant
            try await tenant.generate(200, in: "archive", of: .support)
            try await tenant.fault([
                "path": "*messages/delta*", "fault": .string(fault), "count": "always",
            ])
            let daemon = try siege.start("a")
            try await daemon.says(" ready ")
            try await Task.sleep(for: .seconds(4))
            let asked = try await tenant.requests().values.reduce(0, +)
            let streams = try await siege.docket.number(
                "SELECT count(*) AS value FROM docket.streams")
            // At most two hundred empty pages a stream and pass, and a pass a second.
            #expect(asked < streams * 201 * 6, "\(asked) requests")
            let runs = try await siege.docket.number(
                "SELECT coalesce(max(pages), 0)::bigint AS value FROM docket.runs")
            #expect(runs <= 220)
            if fault == "repeat-link" {
                let findings = try await siege.docket.texts(
                    "SELECT detail AS value FROM docket_v1.health_findings")
                #expect(!findings.isEmpty, "\(daemon.errors)")
            }
            try await tenant.control("DELETE", "faults")
            try await siege.verify()
            #expect(daemon.poll() == nil)
        }
    }

    @Test(
        "fault 21: when most of a source is gone at once, a person is asked first",
        arguments: [0, 4])
    func vanished(left: Int) async throws {
        try await Siege.with({ configured in
            let connectors = configured.connectors
            configured.connectors = { tenant in
                (connectors?(tenant) ?? [:]).mapValues {
                    $0.replacing("hold_above: 100%", with: "hold_above: 20%")
                }
            }
        }) { siege in
            let ids = try await siege.post(0..<40)
            let first = try siege.start("a")
            try await siege.verify()
            // What is gone by and by is no reason to ask.
            first.send(SIGTERM)
            #expect(try await first.end(within: .seconds(30)).status == 0)
            let before = try await siege.docket.filed()
            // The next listing is a whole one, and shows hardly anything.
            for id in ids.dropFirst(left) {
                try await siege.docket.tenant.delete(id, of: .support)
            }
            try await siege.docket.tenant.control("POST", "mail/expire-feeds")
            let daemon = try siege.start("a")
            try await until("it asks: \(daemon.errors)") {
                try await siege.docket.texts(
                    "SELECT name AS value FROM docket_v1.health_findings"
                ).contains("deletions_held")
            }
            // More passes change nothing.
            try await Task.sleep(for: .seconds(2))
            #expect(try await siege.docket.filed() == before)
            #expect(try await siege.docket.tombstones() == [])
            let yes = try await siege.docket.docket("deletions", "approve", "mail", .support)
            #expect(yes.status == 0, "\(yes.errors)")
            try await siege.verify()
            #expect(try await siege.docket.tombstones().count == 40 - left)
        }
    }
}
