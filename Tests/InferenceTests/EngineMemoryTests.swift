import Foundation
import Inference
import Testing

/// The budget of an engine, and the bound on what waits for it.
@Suite("Engine memory")
struct EngineMemoryTests {
    @Test("a budget is kept: the cache has the pages that are left, one context at least")
    func budget() throws {
        let roomy = try TinyEngine.make("llama-Q4_1", sequences: 8)
        defer { roomy.shutdown() }
        let whole = roomy.information.memory
        let small = try TinyEngine.makeSmallest("llama-Q4_1", sequences: 8)
        defer { small.shutdown() }
        let least = small.information.memory
        #expect(least.pageCount == 256 / 32 + 1)
        #expect(whole.pageCount == 8 * least.pageCount)
        for budget in [least.byteCount, least.byteCount + 3 * least.pageByteCount, .max] {
            let engine = try TinyEngine.make("llama-Q4_1", sequences: 8) {
                $0.memoryByteCountMax = budget
            }
            defer { engine.shutdown() }
            let memory = engine.information.memory
            #expect(memory.byteCount <= budget)
            #expect(memory.pageCount == whole.pageCount || memory.byteCount == budget)
        }
    }

    @Test("what does not fit is refused with the bytes it needs")
    func refused() throws {
        let small = try TinyEngine.makeSmallest("llama-Q8_0", contextLength: 64)
        defer { small.shutdown() }
        let needed = small.information.memory.byteCount
        let path = ReferenceVectors.tinyModel("llama-Q8_0")
        #expect(
            throws: ModelError.doesNotFit(
                path: path, needed: needed, bound: .budget(needed - 1))
        ) {
            try TinyEngine.make("llama-Q8_0", contextLength: 64) {
                $0.memoryByteCountMax = needed - 1
            }
        }
    }

    @Test("the weights' bytes are those of the file, but for padding")
    func weights() throws {
        let engine = try TestModel.engine
        let file = try FileManager.default.attributesOfItem(atPath: engine.information.path)
        let fileByteCount = try #require(file[.size] as? Int)
        let weights = engine.information.memory.weightByteCount
        #expect(weights > fileByteCount * 9 / 10 && weights < fileByteCount * 3 / 2)
    }

    @Test("the machine's memory is what system and control groups leave, whichever is least")
    func machine() throws {
        let root = NSTemporaryDirectory() + "machine-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        func write(_ path: String, _ text: String) throws {
            let url = URL(fileURLWithPath: root + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let memory = MachineMemory(root: root)
        #expect(memory.availableByteCount == nil)
        try write("/proc/meminfo", "MemTotal:  900 kB\nMemFree:  100 kB\nMemAvailable:  700 kB\n")
        #expect(memory.availableByteCount == 700 * 1024)
        try write("/proc/self/cgroup", "4:memory:/old\n0::/a/b\n")
        try write("/sys/fs/cgroup/a/b/memory.max", "max\n")
        try write("/sys/fs/cgroup/a/b/memory.current", "500000\n")
        #expect(memory.availableByteCount == 700 * 1024)
        try write("/sys/fs/cgroup/a/memory.max", "600000\n")
        try write("/sys/fs/cgroup/a/memory.current", "500000\n")
        #expect(memory.availableByteCount == 100_000)
        try write("/sys/fs/cgroup/a/memory.stat", "anon 100000\nfile 400000\nfile_mapped 7\n")
        #expect(memory.availableByteCount == 500_000)
        try write("/sys/fs/cgroup/a/memory.max", "1000\n")
        #expect(memory.availableByteCount == 0)
        #expect(try #require(MachineMemory().availableByteCount) > 1 << 20, "this machine's")
    }

    @Test("as many requests wait as may; one more is turned away, and asked again it is served")
    func waiting() async throws {
        let engine = try TinyEngine.make("llama-Q4_1", sequences: 1, threads: 1)
        defer { engine.shutdown() }
        // The engine's thread is held up inside of the first request.
        let (held, holds) = AsyncStream<Void>.makeStream()
        let release = DispatchSemaphore(value: 0)
        let first = Task {
            try await engine.complete([1, 2, 3], maxTokens: 1) { _ in
                holds.finish()
                release.wait()
                return true
            }
        }
        for await _ in held {}
        let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
            for number in 0..<Limits.waitingRequests + 3 {
                group.addTask {
                    do {
                        return .success(
                            try await engine.complete([Int32(number % 300)], maxTokens: 1) { _ in
                                true
                            })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var results: [Result<Int, any Error>] = []
            for await result in group {
                results.append(result)
                // Those turned away come first: nothing else can be done yet.
                if results.count == 3 { release.signal() }
            }
            return results
        }
        for result in results.prefix(3) {
            #expect(throws: InferenceError.busy) { try result.get() }
        }
        for result in results.dropFirst(3) { #expect(try result.get() == 1) }
        #expect(try await first.value == 1)
        #expect(InferenceError.busy.isTransient)
        #expect(try await engine.complete([5], maxTokens: 2) { _ in true } == 2)
    }
}
