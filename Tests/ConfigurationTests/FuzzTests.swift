import Configuration
import Testing
import YAML

/// Mutations of a valid configuration: whatever comes out, it is a value or diagnostics.
struct FuzzTests {
    private static let main = """
        state_dir: /var/lib/docket
        database: {url: "postgresql://docket:${credential:db}@db.example/docket"}
        models:
          - name: default
            file: models/a.gguf
            context_length: 4096
            languages: [en, de]
        recipes: [summary, {name: tags, labels: [a, b]}]
        admin: {listen: "[::1]:0", token: "${file:token}"}
        log: {level: info, format: journal}
        include: ["connectors.d/*.yaml"]

        """

    private static let connector = """
        name: sales-mail
        connector: outlook
        schedule: "Mon..Fri 08..18:00/10"
        connection:
          base_url: https://graph.example/v1.0
          tenant: contoso.example
          client_id: |
            2f1b
          client_secret: ${credential:graph}
        scope: {mailboxes: [sales@contoso.example], since: 2025-01-01, attachments: false}
        limits: {requests_per_second: 8, concurrency: 4, content_bytes: 50MB}
        deletions: {hold_above: 20%}

        """

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func noMutationCrashes(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let folder = try Folder()
        var refused = 0
        for _ in 0..<150 {
            try folder.write(Self.main, to: "docket.yaml")
            try folder.write(Self.connector, to: "connectors.d/a.yaml")
            let isMain = random.next() % 2 == 0
            let mutated = Self.mutated(isMain ? Self.main : Self.connector, &random)
            try folder.write(mutated, to: isMain ? "docket.yaml" : "connectors.d/a.yaml")
            let (configuration, diagnostics) = folder.load()
            let hasErrors = diagnostics.contains { $0.severity == .error }
            #expect((configuration == nil) == hasErrors)
            if hasErrors { refused += 1 }
            for diagnostic in diagnostics {
                #expect(diagnostic.location.line > 0 && diagnostic.location.column > 0)
                #expect(diagnostic.location.endColumn >= diagnostic.location.column)
                #expect(!diagnostic.rendered(isColoured: true).isEmpty)
            }
        }
        #expect(refused > 40)
    }

    private static let pieces = [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\t", "\"", "'", "#", "&a ", "*a", "!!str ",
        "!x ",
        "|", ">", "?", "? ", "<<: ", "---\n", "...\n", "%", "@", "${", "${env:A}",
        "999999999999999999",
        "9223372036854775807", "-9223372036854775808", "0x", "1e999", ".nan", "~", "\0", "\u{FEFF}",
        "\u{2028}", "\u{85}", "\r", "é", "🜁", "\u{202E}", "s", "d", "GB", "%",
    ]

    private static func mutated(_ text: String, _ random: inout SplitMix64) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0...Int(random.next() % 4) {
            let start = Int(random.next() % UInt64(scalars.count + 1))
            let end = min(scalars.count, start + Int(random.next() % 6))
            switch random.next() % 4 {
            case 0: scalars.removeSubrange(start..<end)
            case 1:
                let piece = pieces[Int(random.next() % UInt64(pieces.count))]
                scalars.insert(contentsOf: piece.unicodeScalars, at: start)
            case 2:
                let piece = pieces[Int(random.next() % UInt64(pieces.count))]
                scalars.replaceSubrange(start..<end, with: piece.unicodeScalars)
            default:
                let other = Int(random.next() % UInt64(scalars.count + 1))
                scalars.insert(contentsOf: scalars[start..<end], at: other)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

/// A small random generator with a seed.
///
/// Source: https://prng.di.unimi.it/splitmix64.c
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
