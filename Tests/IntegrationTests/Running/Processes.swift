import Foundation

extension Installation {
    /// The command lines of processes that belong to this installation, the tenant's excepted.
    func processes() -> [String] {
        Self.commandLines().filter { $0.id != tenant.child.processID && $0.text.contains(folder) }
            .map(\.text)
    }

    /// The process id of docket's own database server.
    func databaseServer() throws -> pid_t {
        let file = path("postgres/data/postmaster.pid")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        guard let id = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
            throw Child.Failure(description: "\(file): \(text)")
        }
        return id
    }

    /// The command lines of all processes that everybody on the machine can see.
    static func commandLines() -> [(id: pid_t, text: String)] {
        processIDs().compactMap { id in
            guard let bytes = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else {
                return nil
            }
            let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return (id, words.joined(separator: " "))
        }
    }

    /// Not by `FileManager`, whose listing fails whole when a process ends meanwhile.
    private static func processIDs() -> [pid_t] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var ids: [pid_t] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let id = pid_t(name) { ids.append(id) }
        }
        return ids
    }
}
