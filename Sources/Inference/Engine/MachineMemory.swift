import Foundation

/// The memory this process could still take.
///
/// Linux: `proc_meminfo(5)`, and the kernel's `admin-guide/cgroup-v2` for control groups.
package struct MachineMemory {
    private let root: String

    /// - Parameter root: Where `/proc` and `/sys` are found.
    package init(root: String = "") { self.root = root }

    /// Bytes that can be had without swapping; nil when nobody says.
    ///
    /// It is what the system has, or what is left to the process's control group or one above
    /// it, whichever is least.
    package var availableByteCount: Int? {
        ([systemByteCount] + groups.map(groupByteCount)).compactMap(\.self).min()
    }

    private var systemByteCount: Int? {
        number("MemAvailable:", in: "/proc/meminfo").map {
            let (bytes, overflow) = $0.multipliedReportingOverflow(by: 1024)
            return overflow ? .max : bytes
        }
    }

    /// Folders of the process's control group and those above it, up to the root.
    private var groups: [String] {
        let line = text("/proc/self/cgroup")?.split(separator: "\n").first { $0.hasPrefix("0::") }
        var names = line?.dropFirst(3).split(separator: "/") ?? []
        var folders = ["/sys/fs/cgroup"]
        while !names.isEmpty {
            folders.append("/sys/fs/cgroup/" + names.joined(separator: "/"))
            names.removeLast()
        }
        return folders
    }

    /// What is left in a group: pages of files count as free, for they can be given up.
    private func groupByteCount(_ folder: String) -> Int? {
        guard let limit = text(folder + "/memory.max").flatMap(Self.number),
            let current = text(folder + "/memory.current").flatMap(Self.number)
        else { return nil }
        let files = number("file", in: folder + "/memory.stat") ?? 0
        return max(0, limit - max(0, current - files))
    }

    /// The number after a name at the beginning of a line.
    private func number(_ name: String, in path: String) -> Int? {
        for line in text(path)?.split(separator: "\n") ?? [] {
            let words = line.split(separator: " ", maxSplits: 2)
            if words.count > 1, words[0] == name { return Self.number(String(words[1])) }
        }
        return nil
    }

    /// A number that is not negative; nil for `max`.
    private static func number(_ text: String) -> Int? {
        Int(text.trimmingCharacters(in: .whitespacesAndNewlines)).flatMap { $0 < 0 ? nil : $0 }
    }

    private func text(_ path: String) -> String? {
        try? String(contentsOfFile: root + path, encoding: .utf8)
    }
}
