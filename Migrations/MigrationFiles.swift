/// The schema's history, embedded.
package enum MigrationFiles {
    /// Every file of this directory in the order to apply: name and text.
    package static let all: [(name: String, text: String)] = [
        ("0001_tables.sql", text(PackageResources._001_tables_sql)),
        ("0002_contract.sql", text(PackageResources._002_contract_sql)),
        ("0003_model_identity.sql", text(PackageResources._003_model_identity_sql)),
        ("0004_containers.sql", text(PackageResources._004_containers_sql)),
        ("0005_plan.sql", text(PackageResources._005_plan_sql)),
        ("0006_roles.sql", text(PackageResources._006_roles_sql)),
        ("0007_search.sql", text(PackageResources._007_search_sql)),
        ("0008_forgetting.sql", text(PackageResources._008_forgetting_sql)),
        ("0009_exchanges.sql", text(PackageResources._009_exchanges_sql)),
        ("0010_findings.sql", text(PackageResources._010_findings_sql)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
