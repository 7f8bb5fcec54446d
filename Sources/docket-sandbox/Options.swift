/// The command line.
struct Options: Equatable {
    var host = "127.0.0.1"
    var port: UInt16 = 0
    var seed: UInt64 = 1
    var pageSize = Limits.messagesPerPage
    /// Synthetic messages in the first mailbox's inbox, beside the corpus.
    var messages = 0
    var bodyBytes = 2500
    var secret: String?
    var tokenLifetime = 3599
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
          --ready-file PATH      write what is printed to this file once it answers
          --exit-with-parent     exit when the process that started this one is gone
        """

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
