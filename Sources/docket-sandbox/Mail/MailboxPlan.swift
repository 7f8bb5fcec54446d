/// What a mailbox of the tenant begins with.
struct MailboxPlan {
    /// A folder before it has a number; the parent comes before its children.
    struct PlannedFolder {
        let key: String
        let name: String
        var parent = "msgfolderroot"
        var isHidden = false
        var search: String?
    }

    let address: String
    let displayName: String
    let folders: [PlannedFolder]
    let corpus: [String]

    static let all = [sales, support, accounting]

    /// More than ten folders at the top, so that their list has a second page.
    private static let sales = MailboxPlan(
        address: "sales@contoso.example", displayName: "Contoso Sales",
        folders: [
            PlannedFolder(key: "archive", name: "Archive"),
            PlannedFolder(key: "conversationhistory", name: "Conversation History"),
            PlannedFolder(key: "deleteditems", name: "Deleted Items"),
            PlannedFolder(key: "drafts", name: "Drafts"),
            PlannedFolder(key: "fairs", name: "Trade fairs"),
            PlannedFolder(key: "inbox", name: "Inbox"),
            PlannedFolder(key: "projects", name: "Projects", parent: "inbox"),
            PlannedFolder(key: "thames", name: "Thames Valley Water", parent: "projects"),
            PlannedFolder(key: "lindenhof", name: "Lindenhof expansion", parent: "projects"),
            PlannedFolder(key: "junkemail", name: "Junk Email"),
            PlannedFolder(key: "newsletters", name: "Newsletters"),
            PlannedFolder(key: "offers", name: "Offers"),
            PlannedFolder(key: "orders", name: "Orders"),
            PlannedFolder(key: "outbox", name: "Outbox"),
            PlannedFolder(key: "sentitems", name: "Sent Items"),
            PlannedFolder(key: "unread", name: "All unread", search: "isRead eq false"),
            PlannedFolder(key: "syncissues", name: "Sync Issues", isHidden: true),
            PlannedFolder(
                key: "conflicts", name: "Conflicts", parent: "syncissues", isHidden: true),
        ], corpus: Corpus.sales)

    private static let support = MailboxPlan(
        address: "support@contoso.example", displayName: "Contoso Support",
        folders: [
            PlannedFolder(key: "inbox", name: "Inbox"),
            PlannedFolder(key: "tickets", name: "Tickets", parent: "inbox"),
            PlannedFolder(key: "escalated", name: "Escalated", parent: "tickets"),
            PlannedFolder(
                key: "urgent", name: "Urgent", parent: "inbox", search: "importance eq 'high'"),
            PlannedFolder(key: "archive", name: "Archive"),
            PlannedFolder(key: "deleteditems", name: "Deleted Items"),
            PlannedFolder(key: "drafts", name: "Drafts"),
            PlannedFolder(key: "junkemail", name: "Junk Email"),
            PlannedFolder(key: "outbox", name: "Outbox"),
            PlannedFolder(key: "sentitems", name: "Sent Items"),
        ], corpus: Corpus.support)

    /// Names of another language: a client that looks for "Inbox" finds nothing here.
    private static let accounting = MailboxPlan(
        address: "accounting@contoso.example", displayName: "Contoso Buchhaltung",
        folders: [
            PlannedFolder(key: "inbox", name: "Posteingang"),
            PlannedFolder(key: "invoices", name: "Rechnungen", parent: "inbox"),
            PlannedFolder(key: "invoices2026", name: "2026", parent: "invoices"),
            PlannedFolder(key: "archive", name: "Archiv"),
            PlannedFolder(key: "drafts", name: "Entwürfe"),
            PlannedFolder(key: "deleteditems", name: "Gelöschte Elemente"),
            PlannedFolder(key: "sentitems", name: "Gesendete Elemente"),
            PlannedFolder(key: "junkemail", name: "Junk-E-Mail"),
            PlannedFolder(key: "dunning", name: "Mahnungen"),
            PlannedFolder(key: "outbox", name: "Postausgang"),
        ], corpus: Corpus.accounting)

    /// Short forms the corpus uses.
    private static let aliases = [
        "sent": "sentitems", "junk": "junkemail", "deleted": "deleteditems",
    ]

    func mailbox(
        guid: String, ids: MailID, seed: UInt64
    ) throws(CorpusReader.Malformed) -> Mailbox {
        var mailbox = Mailbox(
            guid: guid, address: address, displayName: displayName, ids: ids, seed: seed)
        for plan in folders {
            mailbox.addFolder(
                Folder(
                    key: plan.key, displayName: plan.name,
                    parent: mailbox.folder(named: plan.parent),
                    isHidden: plan.isHidden, search: plan.search))
        }
        let owner = Letter.Person(name: displayName, address: address)
        for text in corpus {
            for (key, letter) in try CorpusReader.letters(in: text, mailbox: owner) {
                guard let folder = mailbox.folder(named: Self.aliases[key] ?? key) else {
                    throw CorpusReader.Malformed(
                        mail: letter.subject, reason: "no folder \"\(key)\" in \(address)")
                }
                // Every third is unread, so that both states occur everywhere.
                mailbox.add(letter, to: folder, isRead: mailbox.messages.count % 3 != 0)
            }
        }
        return mailbox
    }
}
