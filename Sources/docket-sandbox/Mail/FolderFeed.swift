import JSON

/// The change feed of a mailbox's folders, whatever their depth.
struct FolderFeed {
    let mailbox: Mailbox
    /// As the request named the mailbox.
    let user: String

    func page(_ request: MailRequest) throws(GraphError) -> [UInt8] {
        let (start, isInitial) = try position(request)
        let history = mailbox.folderHistory
        let size = min(max(1, request.pageSizeMax ?? Limits.foldersPerPage), Limits.pageSizeMax)
        var items = ItemList()
        var index = start
        while index < history.count, items.count < size {
            let number = history[index]
            index += 1
            // A folder is told of once, where its history mentions it last.
            guard !history[index...].contains(number) else { continue }
            if !mailbox.folders[number].isDeleted {
                items.append(.object(JSON.Members(mailbox.folderMembers(number))))
            } else if !isInitial {
                items.append([
                    "@odata.type": "#microsoft.graph.mailFolder",
                    "id": .string(mailbox.ids.encode(.folder, number)),
                    "@removed": ["reason": "deleted"],
                ])
            }
        }
        let isLast = index >= history.count
        let token = "\(isInitial && !isLast ? "i" : "c")\(index).\(mailbox.seed % 99_991)"
        let link =
            "\(request.origin)/v1.0/users('\(user)')/mailFolders/delta"
            + (isLast ? "?$deltatoken=" : "?$skiptoken=")
            + Base64.encode(Array(token.utf8), .url).prefix { $0 != "=" }
        return items.page(
            context: "\(request.origin)/v1.0/$metadata#Collection(mailFolder)",
            link: (isLast ? "@odata.deltaLink" : "@odata.nextLink", link))
    }

    private func position(
        _ request: MailRequest
    ) throws(GraphError) -> (index: Int, isInitial: Bool) {
        let query = request.rawQuery ?? ""
        for name in ["$skiptoken=", "$deltatoken="] where query.hasPrefix(name) {
            let digits = String(query.dropFirst(name.count))
            if digits.isEmpty { break }
            let padded = digits + String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
            let text = String(decoding: Base64.decodeURL(padded) ?? [], as: UTF8.self)
            let parts = text.dropFirst().split(separator: ".")
            guard parts.count == 2, parts[1] == "\(mailbox.seed % 99_991)",
                let index = Int(parts[0]), index >= 0
            else { throw .badRequest("Badly formed token.") }
            return (min(index, mailbox.folderHistory.count), text.hasPrefix("i"))
        }
        return (0, true)
    }
}
