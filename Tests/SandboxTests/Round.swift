import JSON
import SandboxTesting

/// One round of a feed: all its pages, to the link that asks for what comes after.
struct Round {
    var items: [JSON] = []
    var pageCount = 0
    var deltaLink = ""

    var ids: [String] { items.compactMap { $0["id"]?.stringValue } }

    var removedIDs: Set<String> { Set(items.filter { $0["@removed"] != nil }.compactMap(\.id)) }

    var presentIDs: Set<String> { Set(items.filter { $0["@removed"] == nil }.compactMap(\.id)) }

    func item(_ id: String) -> JSON? { items.last { $0.id == id } }
}

extension JSON {
    var id: String? { self["id"]?.stringValue }
}

extension RunningSandbox {
    func feed(_ folder: String, of mailbox: String = "sales@contoso.example") -> String {
        "\(users)/\(mailbox)/mailFolders/\(folder)/messages/delta"
    }

    func round(
        _ url: String, token: String, immutable: Bool = true, pageSize: Int? = 4
    ) async throws -> Round {
        var round = Round()
        var link = url
        // No feed of these tests has more pages; a link that leads nowhere must not hang them.
        while round.pageCount < 200 {
            let page = try await get(
                link, token: token, immutable: immutable, pageSize: pageSize)
            guard page.status == 200 else {
                throw Failure(message: "\(link): \(page.status) \(page.errorCode ?? "")")
            }
            round.pageCount += 1
            round.items += page.items
            if let delta = page.deltaLink {
                round.deltaLink = delta
                return round
            }
            guard let next = page.nextLink else { throw Failure(message: "no link at all") }
            link = next
        }
        throw Failure(message: "the round does not end")
    }
}
