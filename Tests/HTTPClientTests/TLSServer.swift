import Foundation
import Testing

/// `openssl s_server` with a certificate of its own, for as long as the value lives.
final class TLSServer {
    let port: Int
    /// The authority that signed both certificates.
    let caFile: String
    /// A certificate for clients, and its key.
    let clientCertificate: String
    let clientKey: String
    private let process: pid_t
    private let folder: String

    /// Starts a server for `localhost`; `demandsCertificate` closes it to clients without one.
    init(demandsCertificate: Bool = false) throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "tls-\(UInt32.random(in: 0...UInt32.max))").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        (caFile, clientCertificate) = (folder + "/ca.pem", folder + "/client.pem")
        clientKey = folder + "/client.key"
        try makeCertificates(in: folder)
        let log = folder + "/log"
        let command =
            "exec openssl s_server -4 -accept 0 -www -cert \(folder)/server.pem -key "
            + "\(folder)/server.key -CAfile \(caFile) "
            + (demandsCertificate ? "-Verify 1 -verify_return_error" : "")
            + " > \(log) 2>&1 < /dev/null"
        process = try spawn(["/bin/sh", "-c", command])
        let deadline = ContinuousClock.now + .seconds(20)
        var found: Int?
        while found == nil, .now < deadline {
            usleep(10_000)
            found = acceptPort((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
        }
        guard let found else {
            kill(process, SIGKILL)
            throw Failure(what: "openssl s_server does not start")
        }
        port = found
    }

    struct Failure: Error {
        let what: String
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// The port in the line `ACCEPT 0.0.0.0:45385`.
private func acceptPort(_ log: String) -> Int? {
    let line = log.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
    guard let line, log.hasSuffix("\n") else { return nil }
    return line.split(separator: ":").last.flatMap { Int($0) }
}

private func spawn(_ arguments: [String]) throws -> pid_t {
    var process = pid_t()
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    guard posix_spawn(&process, arguments[0], nil, nil, pointers, environ) == 0 else {
        throw TLSServer.Failure(what: "posix_spawn")
    }
    return process
}

private func makeCertificates(in folder: String) throws {
    let request =
        "cd \(folder) && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
        + "-days 2"
    let signed = request + " -CA ca.pem -CAkey ca.key -addext basicConstraints=critical,CA:FALSE"
    try run("\(request) -keyout ca.key -out ca.pem -subj /CN=ca 2>&1")
    try run(
        "\(signed) -keyout server.key -out server.pem -subj /CN=localhost "
            + "-addext subjectAltName=DNS:localhost 2>&1")
    try run("\(signed) -keyout client.key -out client.pem -subj /CN=docket 2>&1")
}
