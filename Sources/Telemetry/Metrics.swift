import Synchronization

/// Counters and gauges of the process, rendered in Prometheus' text form.
///
/// Names follow `docket_<noun>_<unit>[_total]` in base units; labels have few values: a
/// connector, an outcome, never a document.
///
/// Source: Prometheus, "Exposition formats", text format 0.0.4.
package final class Metrics: Sendable {
    package typealias Labels = KeyValuePairs<String, String>

    private struct Family {
        let help: String
        let kind: String
        /// Rendered labels to value.
        var samples: [String: Double] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    package init() {}

    /// Adds to a counter, which only ever grows.
    package func count(
        _ name: String, _ help: String, by amount: Double = 1, _ labels: Labels = [:]
    ) {
        update(name, help, "counter", labels) { $0 + amount }
    }

    /// Sets a gauge.
    package func set(_ name: String, _ help: String, to value: Double, _ labels: Labels = [:]) {
        update(name, help, "gauge", labels) { _ in value }
    }

    /// Makes a gauge's samples exactly these: what is not among them is no longer shown.
    package func replace(_ name: String, _ help: String, with samples: [(Labels, Double)]) {
        let samples = samples.map { (Self.render($0.0), $0.1) }
        families.withLock { families in
            families[name] = Family(
                help: help, kind: "gauge",
                samples: Dictionary(samples) { _, last in last })
        }
    }

    private func update(
        _ name: String, _ help: String, _ kind: String, _ labels: Labels,
        _ change: (Double) -> Double
    ) {
        let key = Self.render(labels)
        families.withLock { families in
            var family = families[name] ?? Family(help: help, kind: kind)
            family.samples[key] = change(family.samples[key] ?? 0)
            families[name] = family
        }
    }

    /// The sum of a family's samples; 0 for an unknown name.
    package func sum(_ name: String) -> Double {
        families.withLock { $0[name]?.samples.values.reduce(0, +) ?? 0 }
    }

    /// All families and samples, sorted by name.
    package func exposition() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind)\n"
            for (labels, value) in family.samples.sorted(by: { $0.key < $1.key }) {
                let number =
                    value == value.rounded() && abs(value) < 1e15
                    ? String(Int64(value)) : String(value)
                text += "\(name)\(labels) \(number)\n"
            }
        }
        return text
    }

    private static func render(_ labels: Labels) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { "\($0.key)=\"\(escape($0.value))\"" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func escape(_ value: String) -> String {
        var result = ""
        // By scalar: to Swift, a line break of two bytes or a quote with an accent is a character
        // of its own, but whoever reads the text sees the line feed and the quote.
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
