import Crypto
import Enrich
import Testing

@Suite("LocalModel")
struct LocalModelTests {
    private let file = [UInt8](repeating: 1, count: 32)
    private let adapter = [UInt8](repeating: 2, count: 32)

    @Test("a model alone is known by its file's hash")
    func alone() throws {
        #expect(try LocalModel.identity(file: file, adapter: nil) == file)
    }

    @Test("an adapter makes another model, and each adapter and file its own")
    func adapted() throws {
        let one = try LocalModel.identity(file: file, adapter: adapter)
        // What `cat` of both hashes, as bytes, gives to `sha256sum`.
        #expect(try one == sha256(file + adapter))
        #expect(one != file && one != adapter && one.count == 32)
        #expect(try LocalModel.identity(file: adapter, adapter: file) != one)
        #expect(try LocalModel.identity(file: file, adapter: file) != one)
    }
}
