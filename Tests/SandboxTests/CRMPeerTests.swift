import Foundation
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox CRM, to clients of others", .timeLimit(.minutes(5)))
struct CRMPeerTests {
    @Test("is an org to simple-salesforce: sign-in, queries, exports, deletions, errors")
    func simpleSalesforce() async throws {
        try await CRMClient.with { crm in
            try await crm.switches(["page_size": 7])
            let ids = try await crm.ids("SELECT Id FROM Case")
            _ = try await crm.control("DELETE", "records/Case/\(ids[0])?age=120")
            let facts = crm.sandbox.announced
            let found = try Peer.run(
                "salesforce.py",
                [
                    crm.sandbox.origin, facts["crm_client_id", default: ""],
                    facts["crm_client_secret", default: ""], crm.version,
                ])
            func texts(_ name: String) -> [String] {
                found[name]?.arrayValue?.compactMap(\.stringValue) ?? []
            }
            #expect(Set(texts("cases")) == Set(ids.dropFirst()))
            #expect(texts("cases").count == ids.count - 1)
            #expect(Set(texts("with_deleted")) == Set(ids))
            #expect(Set(texts("exported")) == Set(ids.dropFirst()))
            #expect(texts("exported_owners") == texts("owners"))
            #expect(Set(texts("objects")).isSuperset(of: ["Case", "ContentVersion", "Project__c"]))
            #expect(Set(texts("fields")).isSuperset(of: ["Id", "Subject", "SystemModstamp"]))
            #expect(found["subject"] == true)
            #expect(texts("deleted") == [ids[0]])
            #expect((found["content_bytes"]?.intValue ?? 0) > 0)
            #expect(found["quota"]?.intValue == 100_000)
            #expect(found["usage"]?.intValue == 100_000)
            #expect(found["malformed"] == "INVALID_FIELD")
            #expect(found["missing"] == "NOT_FOUND")
        }
    }
}
