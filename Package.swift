// swift-tools-version: 6.2
import PackageDescription

// The house of the README, one target per box. A target imports downwards only, and never
// within its layer; `--explicit-target-dependency-import-check error` holds it to that.

/// For the tool targets, the only ones that may hold a C pointer.
let tool: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
/// For everything above: an unsafe construct does not compile.
let safe = tool + [.strictMemorySafety()]

let package = Package(
    name: "docket",
    products: [
        .executable(name: "docket", targets: ["docket"]),
        .executable(name: "docket-sandbox", targets: ["docket-sandbox"]),
        // For tests, which preload it into docket.
        .library(name: "WrongClock", type: .dynamic, targets: ["WrongClock"]),
    ],
    targets: [
        // 0. C: system libraries, shims, kernels.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(
            name: "CKernels",
            // Overflow wraps: weights of a damaged file can make activations infinite, and their
            // quants anything.
            cSettings: [
                .unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=off", "-fwrapv"])
            ]),
        .target(
            name: "CLanguage",
            linkerSettings: [.linkedLibrary("cld2"), .linkedLibrary("exttextcat-2.0")]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd"),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq"),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),

        // 1. Tools: know nothing about docket, nor about each other.
        .target(name: "CSV", swiftSettings: tool),
        .target(name: "Crypto", dependencies: ["COpenSSL"], swiftSettings: tool),
        .target(name: "HTTPClient", dependencies: ["CCurl"], swiftSettings: tool),
        .target(name: "HTTPServer", dependencies: ["CMicroHTTPD"], swiftSettings: tool),
        .target(name: "Inference", dependencies: ["CKernels", "COpenBLAS"], swiftSettings: tool),
        .target(name: "JSON", swiftSettings: tool),
        .target(name: "Language", dependencies: ["CLanguage"], swiftSettings: tool),
        .target(name: "Lifecycle", swiftSettings: tool),
        .target(name: "Postgres", dependencies: ["CPostgres"], swiftSettings: tool),
        .target(name: "Telemetry", swiftSettings: tool),
        .target(name: "XML", dependencies: ["CXML"], swiftSettings: tool),
        .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: tool),

        // 2. Nouns; bytes to text.
        .target(name: "Domain", dependencies: ["JSON"], swiftSettings: safe),
        .target(name: "Extraction", dependencies: ["XML"], swiftSettings: safe),

        // 3. Stages: do not know each other. The YAML and SQL files they live by are embedded.
        .target(
            name: "ConnectorFiles", path: "Connectors", exclude: ["README.md"],
            resources: [
                .embedInCode("onedrive.yaml"), .embedInCode("outlook.yaml"),
                .embedInCode("salesforce.yaml"), .embedInCode("sap-idoc.yaml"),
                .embedInCode("sap-odata.yaml"),
            ], swiftSettings: safe),
        .target(
            name: "Connectors",
            dependencies: [
                "ConnectorFiles", "Crypto", "CSV", "Domain", "HTTPClient", "JSON", "XML", "YAML",
            ],
            swiftSettings: safe),
        .target(
            name: "Normalize",
            dependencies: ["Crypto", "Domain", "Extraction", "JSON", "Language"],
            swiftSettings: safe),
        .target(
            name: "MigrationFiles", path: "Migrations",
            resources: [
                .embedInCode("0001_tables.sql"), .embedInCode("0002_contract.sql"),
                .embedInCode("0003_model_identity.sql"), .embedInCode("0004_containers.sql"),
                .embedInCode("0005_plan.sql"), .embedInCode("0006_threads.sql"),
                .embedInCode("0007_queue.sql"),
                .embedInCode("0008_roles.sql"), .embedInCode("0009_search.sql"),
                .embedInCode("0010_forgetting.sql"), .embedInCode("0011_exchanges.sql"),
                .embedInCode("0012_findings.sql"),
            ],
            swiftSettings: safe),
        .target(
            name: "Store",
            dependencies: ["Crypto", "Domain", "JSON", "MigrationFiles", "Postgres"],
            swiftSettings: safe),

        // 4. Services: one loop each; they meet only in the database.
        .target(
            name: "Admin",
            dependencies: ["Domain", "HTTPServer", "JSON", "Lifecycle", "Store", "Telemetry"],
            swiftSettings: safe),
        .target(name: "Configuration", dependencies: ["YAML"], swiftSettings: safe),
        .target(
            name: "RecipeFiles", path: "Recipes",
            resources: [
                .embedInCode("feedback.yaml"), .embedInCode("product-sheet.yaml"),
                .embedInCode("reply-draft.yaml"), .embedInCode("seo.yaml"),
                .embedInCode("summary.yaml"), .embedInCode("tags.yaml"),
                .embedInCode("thread.yaml"), .embedInCode("transcript.yaml"),
            ],
            swiftSettings: safe),
        .target(
            name: "Enrich",
            dependencies: [
                "Crypto", "Domain", "HTTPClient", "Inference", "JSON", "Language", "Lifecycle",
                "RecipeFiles", "Store", "Telemetry", "YAML",
            ],
            swiftSettings: safe),
        .target(
            name: "Ingest",
            dependencies: [
                "Connectors", "Domain", "Extraction", "JSON", "Lifecycle", "Normalize", "Store",
                "Telemetry",
            ],
            swiftSettings: safe),

        // 5. The daemon: commands and wiring. Beside it, the tenant to rehearse with.
        .executableTarget(
            name: "docket",
            dependencies: [
                "Admin", "Configuration", "Connectors", "Crypto", "Domain", "Enrich", "HTTPClient",
                "Inference", "Ingest", "JSON", "Lifecycle", "Normalize", "Postgres", "Store",
                "Telemetry", "YAML",
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "docket-sandbox", dependencies: ["Domain", "HTTPServer", "JSON"],
            swiftSettings: safe),

        // What `make fuzz` runs under the address sanitizer.
        .executableTarget(
            name: "Fuzz", dependencies: ["Inference"], path: "Tests/Fuzz", swiftSettings: tool),

        // What tests share.
        .target(
            name: "PostgresTesting", dependencies: ["Postgres"], path: "Tests/PostgresTesting",
            swiftSettings: tool),
        .target(
            name: "StoreTesting", dependencies: ["Postgres", "PostgresTesting", "Store"],
            path: "Tests/StoreTesting", swiftSettings: tool),
        .target(name: "WrongClock", path: "Tests/WrongClock"),
        .target(name: "FaultProxy", path: "Tests/FaultProxy", swiftSettings: tool),
        .target(
            name: "SandboxTesting", dependencies: ["HTTPClient", "JSON"],
            path: "Tests/SandboxTesting", swiftSettings: tool),

        // Tests: one target each, against real servers; Integration runs the programs.
        .testTarget(
            name: "AdminTests",
            dependencies: [
                "Admin", "Domain", "HTTPClient", "HTTPServer", "JSON", "Lifecycle", "Postgres",
                "Store", "StoreTesting", "Telemetry",
            ], swiftSettings: tool),
        .testTarget(
            name: "CommandLineTests", dependencies: ["docket", "JSON"], swiftSettings: tool),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "YAML"],
            exclude: ["Broken"], swiftSettings: tool),
        .testTarget(
            name: "ConnectorsTests",
            dependencies: [
                "ConnectorFiles", "Connectors", "Crypto", "Domain", "HTTPClient", "HTTPServer",
                "JSON", "SandboxTesting", "XML", "YAML", "docket-sandbox",
            ], swiftSettings: tool),
        .testTarget(name: "CSVTests", dependencies: ["CSV"], swiftSettings: tool),
        .testTarget(name: "CryptoTests", dependencies: ["Crypto"], swiftSettings: tool),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "JSON"], swiftSettings: tool),
        .testTarget(
            name: "EnrichTests",
            dependencies: [
                "Crypto", "Domain", "Enrich", "HTTPClient", "HTTPServer", "Inference", "JSON",
                "YAML",
            ],
            swiftSettings: tool),
        .testTarget(
            name: "ExtractionTests", dependencies: ["Extraction", "XML"], swiftSettings: tool),
        .testTarget(
            name: "HTTPClientTests",
            dependencies: ["Connectors", "Domain", "HTTPClient", "HTTPServer", "JSON"],
            swiftSettings: tool
        ),
        .testTarget(name: "HTTPServerTests", dependencies: ["HTTPServer"], swiftSettings: tool),
        .testTarget(
            name: "InferenceTests", dependencies: ["CKernels", "COpenBLAS", "Inference"],
            exclude: ["Vectors"], swiftSettings: tool),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "FaultProxy", "HTTPClient", "HTTPServer", "JSON", "Postgres", "PostgresTesting",
                "docket", "docket-sandbox",
            ], swiftSettings: tool),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: tool),
        .testTarget(name: "LanguageTests", dependencies: ["Language"], swiftSettings: tool),
        .testTarget(name: "LifecycleTests", dependencies: ["Lifecycle"], swiftSettings: tool),
        .testTarget(
            name: "NormalizeTests", dependencies: ["Crypto", "Domain", "JSON", "Normalize"],
            swiftSettings: tool),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "PostgresTesting"],
            swiftSettings: tool),
        .testTarget(
            name: "SandboxTests",
            dependencies: ["docket-sandbox", "HTTPClient", "JSON", "SandboxTesting"],
            swiftSettings: tool),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Crypto", "Domain", "JSON", "MigrationFiles", "Postgres", "PostgresTesting",
                "Store", "StoreTesting",
            ], exclude: ["docket_v1.txt"], swiftSettings: tool),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry"], swiftSettings: tool),
        .testTarget(name: "TidyTests", swiftSettings: tool),
        .testTarget(name: "XMLTests", dependencies: ["XML"], swiftSettings: tool),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: tool),
    ]
)
