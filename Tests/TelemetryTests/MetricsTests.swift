import Telemetry
import Testing

@Suite("Metrics")
struct MetricsTests {
    @Test("families and samples are sorted, each family with its help and kind once")
    func exposition() {
        let metrics = Metrics()
        metrics.set("docket_b_jobs", "Jobs.", to: 2.5, ["state": "running"])
        metrics.set("docket_b_jobs", "Jobs.", to: 7, ["state": "available"])
        metrics.count("docket_a_total", "Things.")
        metrics.count("docket_a_total", "Things.", by: 2)
        #expect(
            metrics.exposition() == """
                # HELP docket_a_total Things.
                # TYPE docket_a_total counter
                docket_a_total 3
                # HELP docket_b_jobs Jobs.
                # TYPE docket_b_jobs gauge
                docket_b_jobs{state="available"} 7
                docket_b_jobs{state="running"} 2.5

                """)
    }

    @Test("a counter adds up and a gauge is replaced, each by its labels")
    func kinds() {
        let metrics = Metrics()
        for connector in ["a", "b", "a"] {
            metrics.count("docket_c_total", "C.", by: 2, ["connector": connector, "x": "y"])
            metrics.set("docket_g", "G.", to: 4, ["connector": connector])
        }
        #expect(metrics.exposition().contains(#"docket_c_total{connector="a",x="y"} 4"#))
        #expect(metrics.exposition().contains(#"docket_c_total{connector="b",x="y"} 2"#))
        #expect(metrics.exposition().contains(#"docket_g{connector="a"} 4"#))
        #expect(metrics.sum("docket_c_total") == 6)
        #expect(metrics.sum("docket_unknown") == 0)
    }

    @Test("a gauge that is replaced shows the new samples alone")
    func replacing() {
        let metrics = Metrics()
        metrics.replace("docket_g", "G.", with: [(["s": "a"], 1), (["s": "b"], 2)])
        metrics.replace("docket_g", "G.", with: [(["s": "b"], 3)])
        #expect(metrics.exposition().hasSuffix("gauge\ndocket_g{s=\"b\"} 3\n"))
        metrics.replace("docket_g", "G.", with: [])
        #expect(metrics.exposition() == "# HELP docket_g G.\n# TYPE docket_g gauge\n")
    }

    @Test(
        "a label's value cannot end its quotes or its line",
        arguments: [
            ("a\"b", #"a\"b"#), ("a\\b", #"a\\b"#), ("a\nb", #"a\nb"#), ("a\r\nb", "a\r\\nb"),
            ("\"\u{301}", "\\\"\u{301}"), ("\\\"\n", #"\\\"\n"#), ("é", "é"),
        ])
    func escaping(_ value: String, _ expected: String) {
        let metrics = Metrics()
        metrics.set("docket_g", "G.", to: 1, ["l": value])
        let sample = metrics.exposition().unicodeScalars.split(separator: "\n").last
        #expect(sample.map { String($0) } == "docket_g{l=\"\(expected)\"} 1")
    }

    @Test(
        "numbers of every size are written",
        arguments: [
            (0, "0"), (-3, "-3"), (1e14, "100000000000000"), (1e18, "1e+18"), (0.125, "0.125"),
            (.infinity, "inf"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        ])
    func numbers(_ value: Double, _ expected: String) {
        let metrics = Metrics()
        metrics.set("docket_g", "G.", to: value)
        #expect(metrics.exposition().hasSuffix("docket_g \(expected)\n"))
    }

    @Test("counts of many tasks at once are all there")
    func concurrency() async {
        let metrics = Metrics()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<1000 { metrics.count("docket_a_total", "A.") } }
            }
        }
        #expect(metrics.sum("docket_a_total") == 8000)
    }
}
