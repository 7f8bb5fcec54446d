import Foundation

/// The directory that an ERP system writes its documents into, and what has been written.
struct IDocPort: Sendable {
    let directory: URL
    private let seed: UInt64
    /// What lies there, by name.
    private(set) var files: [String: IDocFile] = [:]
    /// Files of which only the first half is there yet.
    private(set) var halves: Set<String> = []
    /// Every document that ever arrived whole, in the order of arrival, and its first file.
    private(set) var arrivals: [(document: IDoc, file: String)] = []
    private var arrivedNumbers: Set<Int> = []
    private var nextNumber = 1_000_001
    private var fileCount = 0

    /// Why nothing could be written.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// 2026-01-15T06:00:00Z; every document is made ten minutes after the one before it.
    private static let start = Timestamp(1_768_456_800)

    /// - Throws: ``Failure`` where the directory cannot be made or written to.
    init(directory path: String, seed: UInt64) throws(Failure) {
        (directory, self.seed) = (
            URL(filePath: path, directoryHint: .isDirectory), seed
        )
        try Self.attempt {
            try FileManager.default.createDirectory(
                at: URL(filePath: path), withIntermediateDirectories: true)
        }
        for number in 0..<IDocLimits.seededFiles { try seedFile(number) }
        // A copy that was sent again, under another file name.
        if let first = arrivals.first { try resend(first.document) }
        // An older message about an object that a newer one has already told of.
        let old = IDoc(
            number: 1_000_000, kind: .material, object: 0,
            createdAt: Self.start.advanced(by: -7200))
        try write([old], encoding: .utf8)
        try writeHalf(.order)
    }

    /// Types in turn; now and then several documents in a file, or another encoding.
    private mutating func seedFile(_ number: Int) throws(Failure) {
        let kinds = [IDocKind.material, .order, .customer, .material, .invoice, .order, .delivery]
        let kind = kinds[number % kinds.count]
        let count = number == 3 ? 3 : number == 11 ? 2 : 1
        let encoding: IDocFile.Encoding =
            number % 10 == 2 ? .latin1 : number % 10 == 8 ? .utf16 : .utf8
        let documents = (0..<count).map { offset in
            make(
                kind, object: number + offset, isReduced: number % 14 == 10,
                isExtended: kind == .order && number % 14 == 5)
        }
        try write(documents, encoding: encoding)
    }

    private mutating func make(
        _ kind: IDocKind, object: Int, isReduced: Bool = false, isExtended: Bool = false
    ) -> IDoc {
        let number = nextNumber
        nextNumber += 1
        return IDoc(
            number: number, kind: kind, object: object,
            createdAt: Self.start.advanced(by: Int64(number - 1_000_001) * 600),
            isReduced: isReduced, isExtended: isExtended)
    }

    // Writing

    /// - Returns: The names of the files.
    /// - Throws: ``Failure`` where a file cannot be written.
    mutating func create(
        _ kind: IDocKind, count: Int, perFile: Int, encoding: IDocFile.Encoding
    ) throws(Failure) -> [String] {
        var names: [String] = []
        var left = count
        while left > 0 {
            let documents = (0..<min(perFile, left)).map { _ in
                make(kind, object: nextNumber % 997)
            }
            left -= documents.count
            names.append(try write(documents, encoding: encoding))
        }
        return names
    }

    @discardableResult
    mutating func resend(_ document: IDoc) throws(Failure) -> String {
        try write([document], encoding: .utf8)
    }

    @discardableResult
    private mutating func write(
        _ documents: [IDoc], encoding: IDocFile.Encoding
    ) throws(Failure) -> String {
        let file = nextFile(documents, encoding)
        try put(file)
        files[file.name] = file
        arrive(file)
        return file.name
    }

    /// Under another name first, so that a reader never sees a part of it.
    private func put(_ file: IDocFile) throws(Failure) {
        let target = directory.appending(path: file.name)
        try Self.attempt { try Data(file.bytes).write(to: target, options: .atomic) }
    }

    private mutating func nextFile(
        _ documents: [IDoc], _ encoding: IDocFile.Encoding
    ) -> IDocFile {
        fileCount += 1
        let digits = String(fileCount)
        let serial = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let type = documents.first?.root ?? "IDOC"
        return IDocFile(name: "\(type)_\(serial).xml", documents: documents, encoding: encoding)
    }

    private mutating func arrive(_ file: IDocFile) {
        for document in file.documents where arrivedNumbers.insert(document.number).inserted {
            arrivals.append((document, file.name))
        }
    }

    /// Writes the first half of a file under its own name, as a port without renaming does.
    @discardableResult
    mutating func writeHalf(_ kind: IDocKind) throws(Failure) -> String {
        let file = nextFile([make(kind, object: nextNumber % 997)], .utf8)
        let bytes = file.bytes
        let target = directory.appending(path: file.name)
        try Self.attempt { try Data(bytes.prefix(bytes.count / 2)).write(to: target) }
        files[file.name] = file
        halves.insert(file.name)
        return file.name
    }

    /// Writes what a half-written file lacks.
    mutating func complete(_ name: String) throws(Failure) {
        guard halves.contains(name), let file = files[name] else {
            throw Failure(description: "\(name) is not half-written")
        }
        let bytes = file.bytes
        let target = directory.appending(path: name)
        try Self.attempt {
            let handle = try FileHandle(forWritingTo: target)
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(bytes.dropFirst(bytes.count / 2)))
        }
        halves.remove(name)
        arrive(file)
    }

    /// Writes a file's bytes once more.
    mutating func rewrite(_ name: String) throws(Failure) {
        guard let file = files[name], !halves.contains(name) else {
            throw Failure(description: "no file \(name)")
        }
        try put(file)
    }

    /// Takes a file away, as a clean-up job does; its documents have been sent all the same.
    mutating func remove(_ name: String) throws(Failure) {
        guard files[name] != nil else { throw Failure(description: "no file \(name)") }
        let target = directory.appending(path: name)
        try Self.attempt { try FileManager.default.removeItem(at: target) }
        files[name] = nil
        halves.remove(name)
    }

    private static func attempt(_ body: () throws -> Void) throws(Failure) {
        do {
            try body()
        } catch {
            throw Failure(description: "\(error)")
        }
    }
}
