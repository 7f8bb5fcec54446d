import JSON
import Postgres
import Testing

extension Configured {
    /// A connector that reads drives, named as its scope names them.
    ///
    /// More lines may stand in the scope, at the top of its file, and in its limits.
    static func drives(
        _ drives: [String] = ["users/" + .sales], _ more: [String] = [], top: [String] = [],
        limits: [String] = []
    ) -> Configured {
        var configured = Configured()
        configured.connectors = { tenant in
            let lines =
                [
                    "name: files", "connector: onedrive", "connection:",
                    "  base_url: \(tenant.fact("base_url"))",
                    "  token_url: \(tenant.fact("token_url"))",
                    "  tenant: \(tenant.fact("tenant"))",
                    "  client_id: \(tenant.fact("client_id"))",
                    "  client_secret: ${file:../secret}", "limits:",
                    "  requests_per_second: 1000",
                ] + limits.map { "  " + $0 } + top + [
                    "scope:", "  drives: [\(drives.joined(separator: ", "))]",
                ]
                + more.map { "  " + $0 }
            return ["files": lines.joined(separator: "\n") + "\n"]
        }
        return configured
    }
}

/// What the tests do in the drive that the control interface calls `sales`.
extension Tenant {
    /// Makes a file.
    ///
    /// - Returns: The id documents are filed under, and the one the control interface knows.
    @discardableResult
    func makeFile(
        _ name: String, _ text: String = "Some text.", in parent: String = "/",
        drive: String = "sales"
    ) async throws -> (source: String, item: String) {
        let made = try await control(
            "POST", "drives/items",
            [
                "drive": .string(drive), "parent": .string(parent), "name": .string(name),
                "text": .string(text),
            ])
        return (made["source_id"]?.stringValue ?? "", made["id"]?.stringValue ?? "")
    }

    /// - Returns: The id the control interface knows it by.
    @discardableResult
    func makeDriveFolder(_ name: String, in parent: String = "/") async throws -> String {
        let made = try await control(
            "POST", "drives/folders",
            ["drive": "sales", "parent": .string(parent), "name": .string(name)])
        return made["id"]?.stringValue ?? ""
    }

    func changeItem(_ item: String, _ change: JSON) async throws {
        try await control("PATCH", "drives/items/sales/\(item)", change)
    }

    func moveItem(_ item: String, to parent: String) async throws {
        try await control("POST", "drives/items/sales/\(item)/move", ["parent": .string(parent)])
    }

    func deleteItem(_ item: String, tombstones: String = "folder") async throws {
        try await control("DELETE", "drives/items/sales/\(item)?tombstones=\(tombstones)")
    }

    /// Where files are by now: paths by source id, of the drives of these ids.
    func filePaths(_ drives: [String]) async throws -> [String: String] {
        let files = try await control("GET", "drives/truth").arrayValue ?? []
        let pairs = files.filter { drives.contains($0["scope"]?.stringValue ?? "") }.map {
            ($0["source_id"]?.stringValue ?? "", $0["path"]?.stringValue ?? "")
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// The id of the drive that the control interface calls so.
    func driveID(_ key: String = "sales") async throws -> String {
        let drives = try await control("GET", "drives/state")["drives"]?.arrayValue ?? []
        return try #require(drives.first { $0["key"]?.stringValue == key }?["id"]?.stringValue)
    }
}

extension Installation {
    /// Paths of the live documents by source id.
    func filedPaths() async throws -> [String: String] {
        let rows = try await rows(
            """
            SELECT source_id, coalesce(metadata->>'path', '') AS path FROM docket_v1.documents
            """)
        let pairs = try rows.map { row -> (String, String) in
            (try row.get("source_id"), try row.get("path"))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// What a live document says at a place such as `metadata/path`; empty where that is null, nil
    /// where there is no such document.
    func value(_ place: String, of sourceID: String) async throws -> String? {
        let path = place.split(separator: "/").map(String.init)
        return try await texts(
            """
            SELECT coalesce(to_jsonb(d) #>> \(path), '') AS value
            FROM docket_v1.documents d WHERE d.source_id = \(sourceID)
            """
        ).first
    }
}
