import Foundation
import Testing

/// Keys and certificates made by the `openssl` command, in a directory of their own.
final class KeyFolder {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "keys-\(UInt64.random(in: 0...UInt64.max))").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try openssl("genrsa -out pkcs8.pem 2048")
        try openssl("rsa -in pkcs8.pem -traditional -out pkcs1.pem")
        try openssl("req -x509 -new -key pkcs8.pem -days 2 -subj /CN=docket -out certificate.pem")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path + "/" + name)))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
    }

    /// Runs one of `openssl`'s commands within the directory, and gives what it printed.
    ///
    /// Not by Foundation's `Process`, whose waiting needs a run loop that test threads do not have.
    @discardableResult
    func openssl(_ arguments: String) throws -> String {
        let command = "cd \(path) && openssl \(arguments) 2>/dev/null"
        let pipe = try #require(popen(command, "r"))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        let status = pclose(pipe)
        try #require(status == 0, "\(command)")
        return String(decoding: output, as: UTF8.self)
    }
}
