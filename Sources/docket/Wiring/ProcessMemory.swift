import Foundation

/// Memory of this process, as the kernel counts it; see proc(5).
enum ProcessMemory {
    /// Bytes in memory now.
    static var resident: Int { bytes("VmRSS:") }

    /// The most bytes in memory since the start or the last ``resetPeak()``.
    static var peak: Int { bytes("VmHWM:") }

    /// Lets ``peak`` begin anew; where the kernel refuses, it goes on as it was.
    static func resetPeak() {
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    /// 0 where the kernel does not say.
    private static func bytes(_ name: String) -> Int {
        let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
        for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix(name) {
            return line.split(whereSeparator: \.isWhitespace).dropFirst().first
                .flatMap { Int($0) }.map { $0 * 1024 } ?? 0
        }
        return 0
    }
}
