import Foundation
import Postgres
import Store

/// What the benchmarks print: one JSON object a line, each with the limit it is held against.
///
/// Without `DOCKET_BENCH` everything is small and nothing is printed: they run so as not to rot.
enum BenchReport {
    static let isFull = ProcessInfo.processInfo.environment["DOCKET_BENCH"] != nil

    /// How long jobs are worked on beside an idle transaction.
    static let idleDuration: Duration =
        isFull
        ? .seconds(Int(ProcessInfo.processInfo.environment["DOCKET_BENCH_IDLE"] ?? "") ?? 60)
        : .milliseconds(500)

    /// Prints a row; the limit's name says whether it is the least or the most.
    static func row(_ test: String, _ values: [(String, Double)]) {
        guard isFull else { return }
        let members = values.map { name, value in
            "\"\(name)\": \(value >= 100 ? String(Int(value.rounded())) : String(format: "%.3g", value))"
        }
        print("{\"test\": \"\(test)\", \(members.joined(separator: ", "))}")
    }

    static func rate(_ count: Int, _ duration: Duration) -> Double {
        Double(count) / (duration / .seconds(1))
    }

    /// In milliseconds; the share is 0.5 for the median.
    static func percentile(_ share: Double, of durations: [Duration]) -> Double {
        let sorted = durations.sorted()
        guard let last = sorted.indices.last else { return 0 }
        return sorted[min(last, Int(Double(sorted.count) * share))] / .milliseconds(1)
    }

    /// Processor time that the sessions of a database have taken so far.
    ///
    /// Of those that are connected; from the 14th and 15th field of proc(5)'s `stat`, a hundredth
    /// of a second each.
    static func backendTime(of database: Database) async throws -> Duration {
        let pids: [Int] = try await database.withConnection { connection in
            try connection.run(
                """
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend'
                """
            ).map { try $0.get("pid") }
        }
        let ticks = pids.map { pid in
            let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
        }
        return .milliseconds(10 * ticks.reduce(0, +))
    }
}
