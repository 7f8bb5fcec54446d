import HTTPServer
import JSON

extension MailTenant {
    func folderPage(
        _ mailbox: Mailbox, children parent: Int, _ request: MailRequest
    ) throws(GraphError) -> HTTPResponse {
        let isHiddenWanted = request.option("includeHiddenFolders")?.lowercased() == "true"
        let all = mailbox.children(of: parent, includingHidden: isHiddenWanted)
        let size = try request.number("top", in: 1...Limits.pageSizeMax) ?? Limits.foldersPerPage
        let skipped = try request.number("skip", in: 0...Limits.foldersMax) ?? 0
        var items = ItemList()
        for number in all.dropFirst(skipped).prefix(size) {
            items.append(entity(ofFolder: number, mailbox, context: nil, request))
        }
        let next = skipped + size
        var link: (name: String, url: String)?
        if next < all.count {
            link = ("@odata.nextLink", request.link(skipping: next))
        }
        let context = "\(request.origin)/v1.0/$metadata#users('\(mailbox.guid)')/mailFolders"
        return page(items.page(context: context, link: link))
    }

    func entity(
        ofFolder number: Int, _ mailbox: Mailbox, context: String?, _ request: MailRequest
    ) -> JSON {
        var members: [(name: String, value: JSON)] = []
        if let context {
            let address = "\(request.origin)/v1.0/$metadata#users('\(mailbox.guid)')/\(context)"
            members.append(("@odata.context", .string(address)))
        }
        return .object(JSON.Members(members + mailbox.folderMembers(number)))
    }

    func messagePage(
        _ mailbox: Mailbox, _ folder: Int, _ request: MailRequest, _ pageSizeDefault: Int
    ) throws(GraphError) -> HTTPResponse {
        let selection = try Selection(request.option("select"))
        let size =
            try request.number("top", in: 1...Limits.pageSizeMax)
            ?? request.pageSizeMax.map { min(max(1, $0), Limits.pageSizeMax) } ?? pageSizeDefault
        let skipped = try request.number("skip", in: 0...Limits.generatedMax) ?? 0
        let entries = mailbox.folders[folder].entries
        var items = ItemList()
        var index = skipped
        while index < entries.count, items.count < size {
            let number = entries[index].message
            let message = mailbox.messages[number]
            if message.folder == folder, !message.isDeleted, message.entry == index {
                let facts = mailbox.facts(
                    ofMessage: number, isImmutable: request.isImmutable,
                    asText: request.prefersText)
                items.append(facts.entity(selection, isFeed: false))
            }
            index += 1
        }
        // The number skipped counts history and not messages: not for clients to compute with.
        var link: (name: String, url: String)?
        if index < entries.count { link = ("@odata.nextLink", request.link(skipping: index)) }
        let context = "\(request.origin)/v1.0/$metadata#Collection(message)"
        return page(items.page(context: context, link: link))
    }
}

extension Mailbox {
    func folderMembers(_ number: Int) -> [(name: String, value: JSON)] {
        let folder = folders[number]
        var members: [(name: String, value: JSON)] = []
        if folder.search != nil {
            members.append(("@odata.type", "#microsoft.graph.mailSearchFolder"))
        }
        let children = children(of: number, includingHidden: true).count
        members += [
            ("id", .string(ids.encode(.folder, number))),
            ("displayName", .string(folder.displayName)),
            ("parentFolderId", .string(ids.encode(.folder, folder.parent ?? number))),
            ("childFolderCount", JSON(children)),
            ("unreadItemCount", JSON(folder.unreadCount)),
            ("totalItemCount", JSON(folder.totalCount)), ("sizeInBytes", 0),
            ("isHidden", .bool(folder.isHidden)),
        ]
        if let search = folder.search {
            members += [("isSupported", true), ("filterQuery", .string(search))]
        }
        return members
    }
}

extension MailRequest {
    /// The same request further on.
    func link(skipping count: Int) -> String {
        let kept = (rawQuery ?? "").split(separator: "&").filter { option in
            let name = option.lowercased()
            return !name.hasPrefix("$skip=") && !name.hasPrefix("%24skip=")
        }
        return origin + rawPath + "?" + (kept + ["$skip=\(count)"]).joined(separator: "&")
    }
}
