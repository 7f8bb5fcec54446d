import Foundation
import JSON
import Postgres

/// What a client holds that has read everything.
struct Truth {
    private struct Fact {
        let title: String
        let path: String?
        let parent: String?
        let text: String?
    }

    /// How the filed documents and the truth differ.
    struct Difference: CustomStringConvertible {
        let description: String
        /// A document that is filed and gone in the source.
        var isSurplus = false
    }

    private var facts: [String: Fact] = [:]
    /// Documents whose file is gone: whether they were read before is a matter of luck.
    private var optional: Set<String> = []

    static func of(_ connector: MutatedConnector, at tenant: Tenant) async throws -> Truth {
        let listed = try await tenant.control("GET", "\(connector.system)/truth").arrayValue ?? []
        var truth = Truth()
        for fact in listed {
            if let scopes = connector.scopes, !scopes.contains(fact["scope"]?.stringValue ?? "") {
                continue
            }
            let id = fact["source_id"]?.stringValue ?? ""
            // As it stands in addresses; a key is filed as it is.
            let key = connector.system == "erp" ? id.removingPercentEncoding : id
            truth.facts[key ?? id] = Fact(
                title: fact["title"]?.stringValue ?? "",
                path: connector.system == "drives" ? fact["path"]?.stringValue : nil,
                parent: connector.system == "mail" && id.contains("#")
                    ? String(id.prefix { $0 != "#" }) : nil,
                text: fact["text"]?.stringValue)
        }
        if connector.system == "idocs" {
            let files = try await tenant.control("GET", "idocs/state")["files"]?.arrayValue ?? []
            let present = Set(
                files.flatMap { $0["docnums"]?.arrayValue ?? [] }.compactMap(\.stringValue))
            truth.optional = Set(truth.facts.keys).subtracting(present)
        }
        return truth
    }

    func differences(from docket: Installation) async throws -> [Difference] {
        let rows = try await docket.rows(
            """
            SELECT d.source_id, d.title, d.body, d.metadata->>'path' AS path,
                p.source_id AS parent, d.metadata->'content'->>'state' AS state
            FROM docket_v1.documents d
            LEFT JOIN docket_v1.documents p ON p.document_id = d.parent_document_id
            """)
        var differences: [Difference] = []
        var seen: Set<String> = []
        for row in rows {
            let id: String = try row.get("source_id")
            guard seen.insert(id).inserted else {
                differences.append(Difference(description: "double: \(id)"))
                continue
            }
            guard let fact = facts[id] else {
                differences.append(
                    Difference(description: "surplus: \(id)", isSurplus: true))
                continue
            }
            func compare(_ what: String, _ filed: String?, _ told: String?) {
                guard filed != told else { return }
                let texts = [filed, told].map { $0.map { "`\($0.prefix(200))`" } ?? "nothing" }
                differences.append(
                    Difference(
                        description: "\(what) of \(id) is \(texts[0]) and should be \(texts[1])"))
            }
            compare("title", try row.get("title"), fact.title)
            if let path = fact.path { compare("path", try row.optional("path"), path) }
            if let parent = fact.parent { compare("parent", try row.optional("parent"), parent) }
            let body: String = try row.get("body")
            if let text = fact.text, !Self.says(body, text) {
                compare("body", body, text)
                compare("content state", try row.optional("state"), nil)
            }
        }
        let missing = Set(facts.keys).subtracting(seen).subtracting(optional).sorted()
        return differences + missing.map { Difference(description: "missing: \($0)") }
    }

    /// Whether every line of a text is in a body, whatever became of white space.
    private static func says(_ body: String, _ text: String) -> Bool {
        let body = words(body[...])
        return text.split(separator: "\n").allSatisfy { body.contains(words($0)) }
    }

    private static func words(_ text: Substring) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Installation {
    /// What a run must not leave behind: records set aside, and documents that are neither there
    /// nor deleted.
    func leftovers() async throws -> [String] {
        try await texts(
            """
            SELECT format('failed: %s %s %s: %s', source_id, stage, reason, message) AS value
            FROM docket_v1.failed_documents WHERE stage NOT LIKE 'enrich:%'
            UNION ALL
            SELECT format('vanished without a tombstone: %s', h.source_id)
            FROM docket_v1.document_history h
            WHERE NOT EXISTS (
                SELECT FROM docket_v1.documents d WHERE d.document_id = h.document_id)
            GROUP BY h.source_id HAVING bool_and(h.deleted_at IS NULL)
            """)
    }
}
