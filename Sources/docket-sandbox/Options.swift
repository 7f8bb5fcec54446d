/// The command line.
struct Options {
    var host = "127.0.0.1"
    var port: UInt16 = 0
    /// Of the server that gives out files' content.
    var contentPort: UInt16 = 0
    var seed: UInt64 = 1
    var pageSize = Limits.messagesPerPage
    /// Synthetic messages in the first mailbox's inbox, beside the corpus.
    var messages = 0
    var bodyBytes = 2500
    /// Synthetic cases in the CRM, beside its corpus.
    var crmRecords = 0
    var secret: String?
    var tokenLifetime = 3599
    /// Where IDoc files are written to; nil: the file port is not played.
    var idocDirectory: String?
    /// Written once the sandbox answers; holds what is printed.
    var readyFile: String?
    var exitsWithParent = false
    /// Takes links that a client has encoded anew.
    var takesEncodedLinks = false

    static let usage = """
        usage: docket-sandbox [options]
          --listen HOST:PORT     where to listen; port 0: chosen by the kernel (127.0.0.1:0)
          --content-port PORT    where files' content is given out; 0: chosen by the kernel (0)
          --seed N               another seed, other ids and other synthetic mails (1)
          --page-size N          messages of a page where a request does not say (10)
          --messages N           add so many synthetic mails to the first mailbox's inbox (0)
          --body-bytes N         their least size (2500)
          --crm-records N        add so many synthetic cases to the CRM (0)
          --client-secret S      the client's secret (made from the seed)
          --token-lifetime N     seconds an access token is good for (3599)
          --idoc-directory PATH  write IDoc files into this directory, as an ERP file port does
          --ready-file PATH      write what is printed to this file once it answers
          --lenient-links        take links that a client has taken apart and encoded anew
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
          POST   /sandbox/faults/random   {"rate": 0.05, "seed": 1, "kinds": [...]}: strike any
                   request with that probability; GET counts them; DELETE takes them out; kinds:
                   throttle, unavailable, error, timeout, truncate, delay, redirect,
                   expire-tokens, logon-page, feed-expired, repeat-page, empty-page,
                   duplicate-items; only where named: throttle-absurd

        of every system, with mail, drives, ... for SYSTEM:
          GET    /sandbox/SYSTEM/truth    what a client holds that has read everything
          POST   /sandbox/SYSTEM/mutate   {"count": 100, "seed": 1}: changes at random
          POST   /sandbox/SYSTEM/expire-feeds

        drives; D is a drive's id or key (sales, engineering, ...), ID an item's id, and a parent
        an id or a path such as /Offers/2025:
          GET    /sandbox/drives/state      drives and items with ids and paths
          POST   /sandbox/drives/items      {"drive": D, "parent": "/", "name": "a.docx"} with
                   {"text": "..."}, made into the format of the name, or of "format": txt, md,
                   html, csv, pdf, docx, xlsx, pptx, eml; or with {"content": "..."} as it is
          POST   /sandbox/drives/folders    {"drive": D, "parent": "/", "name": "..."}
          GET    /sandbox/drives/items/D/ID
          PATCH  /sandbox/drives/items/D/ID       {"name", "text", "format", "content", "malware"}
          POST   /sandbox/drives/items/D/ID/move  {"parent": "/Offers"}
          DELETE /sandbox/drives/items/D/ID?tombstones=folder|all|all-last
          POST   /sandbox/drives/items/D/ID/permissions  {"user": "Bo <bo@contoso.example>"},
                   {"group": "..."}, {"link": "organization"} or {}, and "roles": ["read"]
          DELETE /sandbox/drives/items/D/ID/permissions/PERMISSION
          POST   /sandbox/drives/expire-downloads   every link to content has expired
          POST   /sandbox/drives/download-lifetime  {"seconds": 3600}
          POST   /sandbox/drives/page-size          {"items": 200}
          POST   /sandbox/drives/grants   {"permissions": ["Files.Read.All", "Sites.Read.All",
                                           "Sites.FullControl.All"]}
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
            if name == "--lenient-links" {
                takesEncodedLinks = true
                continue
            }
            guard let value = rest.popFirst() else {
                throw Misuse(message: "unknown option or no value: \(name)")
            }
            switch name {
            case "--listen": try readAddress(value)
            case "--content-port":
                contentPort = UInt16(try Self.number(name, value, 0...Int(UInt16.max)))
            case "--seed": seed = UInt64(try Self.number(name, value, 0...Int.max))
            case "--page-size": pageSize = try Self.number(name, value, 1...Limits.pageSizeMax)
            case "--messages": messages = try Self.number(name, value, 0...Limits.generatedMax)
            case "--body-bytes": bodyBytes = try Self.number(name, value, 0...Limits.bodyBytesMax)
            case "--crm-records":
                crmRecords = try Self.number(name, value, 0...Limits.crmRecordsMax)
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
