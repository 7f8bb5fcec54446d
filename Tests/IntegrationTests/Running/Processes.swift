import Foundation

extension Installation {
    /// The command lines of processes that belong to this installation, the tenant's excepted.
    func processes() -> [String] {
        Self.commandLines().filter { $0.id != tenant.child.processID && $0.text.contains(folder) }
            .map(\.text)
    }

    /// The command lines of all processes that everybody on the machine can see.
    static func commandLines() -> [(id: pid_t, text: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let id = pid_t(name),
                let bytes = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
            else { return nil }
            let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return (id, words.joined(separator: " "))
        }
    }
}
