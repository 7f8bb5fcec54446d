import Foundation
package import JSON

/// Clients of others in `Tests/Peers`, run by the Python environment that `make peers` makes.
package enum Peer {
    private static let python =
        ProcessInfo.processInfo.environment["DOCKET_TEST_PEERS"]
        ?? NSHomeDirectory() + "/.cache/docket/peers"

    /// Runs a script to its end.
    ///
    /// - Returns: The JSON that it printed.
    /// - Throws: ``RunningSandbox/Failure`` where it failed.
    package static func run(_ script: String, _ arguments: [String]) throws -> JSON {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Peers/\(script)").path
        let words = ([python + "/bin/python", path] + arguments).map { word in
            "'" + word.replacing("'", with: "'\\''") + "'"
        }
        guard let pipe = popen(words.joined(separator: " ") + " 2>&1", "r") else {
            throw RunningSandbox.Failure(message: "\(script) cannot be run")
        }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
            output += buffer.prefix(count)
        }
        let status = pclose(pipe)
        guard status == 0, let json = try? JSON.parse(output) else {
            let text = String(decoding: output, as: UTF8.self)
            throw RunningSandbox.Failure(
                message: "\(script) ended with \(status); is there a Python for it (make peers)?"
                    + "\n\(text)")
        }
        return json
    }
}
