/// The mail side of a tenant: mailboxes by address, and those that refuse.
struct MailTenant: Sendable {
    /// Answers 403, as a policy that spares the mailbox does.
    static let deniedAddress = "board@contoso.example"
    /// Answers 404, as a mailbox on the company's own server does.
    static let remoteAddress = "archive2019@contoso.example"

    let seed: UInt64
    private(set) var mailboxes: [Mailbox] = []

    /// - Throws: ``CorpusReader/Malformed`` where a mail of the corpus does not follow its form.
    init(seed: UInt64) throws(CorpusReader.Malformed) {
        self.seed = seed
        for (index, plan) in MailboxPlan.all.enumerated() {
            var random = Mixer(seed, 1000 + UInt64(index))
            mailboxes.append(
                try plan.mailbox(
                    guid: random.guid(), ids: MailID(seed: seed, mailbox: index),
                    seed: random.next()))
        }
    }

    /// - Parameter user: A directory id or an address; addresses in any case.
    /// - Returns: The mailbox's number.
    func mailbox(of user: String) -> Int? {
        mailboxes.firstIndex { $0.guid == user || $0.address == user.lowercased() }
    }

    subscript(index: Int) -> Mailbox {
        get { mailboxes[index] }
        _modify { yield &mailboxes[index] }
    }
}
