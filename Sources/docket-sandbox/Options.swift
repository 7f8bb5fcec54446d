/// The command line.
struct Options {
    var host = "127.0.0.1"
    var port: UInt16 = 0
    var seed: UInt64 = 1
    var pageSize = Limits.messagesPerPage
    /// Synthetic messages in the first mailbox's inbox, beside the corpus.
    var messages = 0
    var bodyBytes = 2500
    var secret: String?
    var tokenLifetime = 3599
    /// Where IDoc files are written to; nil: the file port is not played.
    var idocDirectory: String?
    /// Written once the sandbox answers; holds what is printed.
    var readyFile: String?
    var exitsWithParent = false

    static let usage = """
        usage: docket-sandbox [options]
          --listen HOST:PORT     where to listen; port 0: chosen by the kernel (127.0.0.1:0)
          --seed N               another seed, other ids and other synthetic mails (1)
          --page-size N          messages of a page where a request does not say (10)
          --messages N           add so many synthetic mails to the first mailbox's inbox (0)
          --body-bytes N         their least size (2500)
          --client-secret S      the client's secret (made from the seed)
          --token-lifetime N     seconds an access token is good for (3599)
          --idoc-directory PATH  write IDoc files into this directory, as an ERP file port does
          --ready-file PATH      write what is printed to this file once it answers
          --exit-with-parent     exit when the process that started this one is gone
          --help                 show this and the control interface
        """

    /// The control interface, for those who rehearse.
    static let controls = #"""

        control interface, without sign-in; M is a mailbox's address, ID an id of either form:
          GET    /sandbox/state                 mailboxes and folders with keys and ids
          GET    /sandbox/mailboxes/M/messages?folder=inbox
          POST   /sandbox/mailboxes/M/messages  {"folder": "inbox", "subject": "...", "body": "...",
                   "html": false, "from": "Ana <ana@fabrikam.example>", "to", "cc", "sent",
                   "thread", "importance", "read", "categories", "attachments": [{"name",
                   "content_type", "content", "kind": "file", "inline": false}]}
          PATCH  /sandbox/mailboxes/M/messages/ID       {"subject": "..."} or any of the above
          POST   /sandbox/mailboxes/M/messages/ID/move  {"folder": "archive"}
          DELETE /sandbox/mailboxes/M/messages/ID?reason=deleted|changed
          POST   /sandbox/mailboxes/M/folders   {"name": "...", "parent": "inbox", "hidden": false}
          PATCH  /sandbox/mailboxes/M/folders/ID  {"name": "..."}
          DELETE /sandbox/mailboxes/M/folders/ID  with all that is in it
          POST   /sandbox/generate        {"mailbox": M, "folder": "inbox", "count": 1000,
                                           "body_bytes": 2500}
          GET    /sandbox/requests        counts by kind and status; DELETE sets them to zero
          POST   /sandbox/expire-tokens   every access token has expired
          POST   /sandbox/token-lifetime  {"seconds": 60}
          POST   /sandbox/expire-feeds    {"mailbox": M, "folder": "inbox"}: 410 on its links
          GET    /sandbox/faults          counts them; DELETE takes them out
          POST   /sandbox/faults          one, or a list of them:
                   {"path": "*/messages/delta*", "skip": 0, "count": 1, "fault": "...", ...}
                   status (status, retry_after or retry_after_date, body),
                   truncate (bytes, chunked), logon-page, expire-tokens,
                   sync-state-not-found (location, code), redirect (to, status),
                   delay (milliseconds), empty-page, repeat-page, repeat-link,
                   duplicate-items, ghost-removals, foreign-link (origin)
        """# + "\n" + ERPTenant.controls + "\n" + IDocOrder.controls

    /// Why a command line was refused.
    struct Misuse: Error {
        let message: String
    }

    init(_ arguments: some Sequence<String>) throws(Misuse) {
        var rest = Array(arguments)[...]
        while let name = rest.popFirst() {
            if name == "--exit-with-parent" {
                exitsWithParent = true
                continue
            }
            guard let value = rest.popFirst() else {
                throw Misuse(message: "unknown option or no value: \(name)")
            }
            switch name {
            case "--listen": try readAddress(value)
            case "--seed": seed = UInt64(try Self.number(name, value, 0...Int.max))
            case "--page-size": pageSize = try Self.number(name, value, 1...Limits.pageSizeMax)
            case "--messages": messages = try Self.number(name, value, 0...Limits.generatedMax)
            case "--body-bytes": bodyBytes = try Self.number(name, value, 0...Limits.bodyBytesMax)
            case "--client-secret": secret = value
            case "--token-lifetime":
                tokenLifetime = try Self.number(name, value, 0...Limits.tokenLifetimeMax)
            case "--idoc-directory": idocDirectory = value
            case "--ready-file": readyFile = value
            default: throw Misuse(message: "unknown option: \(name)")
            }
        }
    }

    private mutating func readAddress(_ text: String) throws(Misuse) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let port = UInt16(parts[1]) else {
            throw Misuse(message: "--listen is not like 127.0.0.1:8080: \(text)")
        }
        (host, self.port) = (String(parts[0]), port)
    }

    private static func number(
        _ name: String, _ text: String, _ range: ClosedRange<Int>
    ) throws(Misuse) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Misuse(message: "\(name) is not a whole number in \(range): \(text)")
        }
        return number
    }
}
