/// The schema's history, embedded.
package enum MigrationFiles {
    /// Every file of this directory in the order to apply: name and text.
    package static let all: [(name: String, text: String)] = [
        ("0001_tables.sql", text(PackageResources._001_tables_sql)),
        ("0002_contract.sql", text(PackageResources._002_contract_sql)),
        ("0003_model_identity.sql", text(PackageResources._003_model_identity_sql)),
        ("0004_containers.sql", text(PackageResources._004_containers_sql)),
        ("0005_plan.sql", text(PackageResources._005_plan_sql)),
        ("0006_threads.sql", text(PackageResources._006_threads_sql)),
        ("0007_queue.sql", text(PackageResources._007_queue_sql)),
        ("0008_roles.sql", text(PackageResources._008_roles_sql)),
        ("0009_search.sql", text(PackageResources._009_search_sql)),
        ("0010_forgetting.sql", text(PackageResources._010_forgetting_sql)),
        ("0011_exchanges.sql", text(PackageResources._011_exchanges_sql)),
        ("0012_findings.sql", text(PackageResources._012_findings_sql)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
