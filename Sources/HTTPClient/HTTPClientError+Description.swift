extension HTTPClientError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badURL(let reason):
            "the URL cannot be used: \(reason); give an absolute http or https URL"
        case .badRequest(let url, let reason):
            "the request to \(url) cannot be sent: \(reason)"
        case .badOption(let name, let reason):
            "`\(name)` cannot be used: \(reason); check the configuration"
        case .cannotResolve(let host):
            "cannot resolve \(host); check the name and this machine's DNS"
        case .cannotConnect(let host, let port, let reason):
            "cannot connect to \(host) port \(port): \(reason); check that it runs and that no "
                + "firewall is between"
        case .proxy(let reason):
            "the proxy does not connect: \(reason); check its address and that it lets docket out"
        case .tls(let host, let reason):
            "no trust between docket and \(host): \(reason); check `ca_file`, "
                + "`client_certificate` and `client_key`"
        case .handshake(let host, let reason):
            "TLS with \(host) failed: \(reason); check that the port speaks TLS"
        case .timedOut(.connect, let after, let url):
            "no connection for \(url) within \(after); check the address and the network"
        case .timedOut(.idle, let after, let url):
            "nothing came from \(url) for \(after); the server may be overloaded"
        case .timedOut(.total, let after, let url):
            "\(url) was not read within \(after); the server or the line may be slow"
        case .bodyTooLarge(let bytesMax, let url):
            "the answer of \(url) is larger than \(bytesMax) bytes; raise the limit or read less"
        case .decompressionBomb(let bytesRead, let url):
            "the answer of \(url) unfolds to more than \(Limits.expansionMax) times its size, "
                + "\(bytesRead) bytes so far; it looks like an attack"
        case .headersTooLarge(let bytesMax, let url):
            "the headers of \(url) are larger than \(bytesMax) bytes; check what answers there"
        case .truncated(let url):
            "the connection ended in the middle of the answer of \(url); it can be asked again"
        case .connectionLost(let url, let reason):
            "the connection ended without an answer of \(url): \(reason); it can be asked again"
        case .badResponse(let url, let reason):
            "the answer of \(url) is not valid HTTP: \(reason); check what answers there"
        case .file(let path, let reason):
            "cannot write \(path): \(reason); check the directory, its rights and its room"
        case .cancelled: "the request was cancelled"
        case .closed: "the client is closed"
        case .other(let code, let url, let reason):
            "the request to \(url) failed: \(reason) (libcurl code \(code))"
        }
    }
}
