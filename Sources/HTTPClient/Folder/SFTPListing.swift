/// Reads what an SFTP server lists.
///
/// The protocol (draft-ietf-secsh-filexfer-02 §7) gives each entry a name and a line for people,
/// as `ls -l` prints it: `-rw-r--r--    1 user     group        6 Jan 15 08:00 a b.xml`. The line
/// is in no fixed form, and a name may have any character; so names come from a listing of names
/// alone, and a line tells about a name only where it ends with it.
package enum SFTPListing {
    /// The entries of two listings of one folder.
    ///
    /// - Parameters:
    ///   - names: One a line.
    ///   - lines: For people, in the same order.
    ///   - place: The folder, for errors.
    /// - Returns: What `names` has; what `lines` tells about it.
    /// - Throws: ``FolderError/badListing(place:)`` and
    ///   ``FolderError/tooManyEntries(max:place:)``.
    package static func read(
        names: [UInt8], lines: [UInt8], place: String
    ) throws(FolderError) -> FolderListing {
        let newline = UInt8(ascii: "\n")
        let lines = lines.split(separator: newline)
        var entries: [FolderListing.Entry] = []
        var (skippedCount, lineIndex) = (0, 0)
        for name in names.split(separator: newline) {
            let details = take(name, from: lines, at: &lineIndex)
            guard !isDots(name) else { continue }
            guard isFileName(name) else { throw .badListing(place: place) }
            guard entries.count + skippedCount < Limits.folderEntriesMax else {
                throw .tooManyEntries(max: Limits.folderEntriesMax, place: place)
            }
            guard let text = String(validating: name, as: UTF8.self),
                details?.isReadable ?? true
            else {
                skippedCount += 1
                continue
            }
            entries.append(
                FolderListing.Entry(
                    name: text, size: details?.size, modifiedAt: nil,
                    isDirectory: details?.kind == UInt8(ascii: "d"), stamp: details?.stamp ?? ""))
        }
        return FolderListing(entries, skippedCount: skippedCount)
    }

    private struct Details {
        /// The first letter of the line.
        let kind: UInt8
        var size: Int?
        var stamp = ""

        var isReadable: Bool { !"pscb".utf8.contains(kind) }
    }

    /// What the next line that fits the name tells; both listings are in the server's order, but
    /// entries may have come and gone between them.
    private static func take(
        _ name: ArraySlice<UInt8>, from lines: [ArraySlice<UInt8>], at index: inout Int
    ) -> Details? {
        let end = min(index + Limits.listingLookahead, lines.count)
        for candidate in index..<max(index, end) {
            guard let details = details(name, lines[candidate]) else { continue }
            index = candidate + 1
            return details
        }
        return nil
    }

    /// Nil where the line is not about the name.
    private static func details(_ name: ArraySlice<UInt8>, _ line: ArraySlice<UInt8>) -> Details? {
        guard let kind = line.first else { return nil }
        let space = UInt8(ascii: " ")
        let suffix = [space] + name
        if kind == UInt8(ascii: "l") {
            // Followed by its target, the size being its own and not the target's.
            let isNamed = line.ends(with: suffix) || line.contains(suffix + Array(" -> ".utf8))
            return isNamed ? Details(kind: kind) : nil
        }
        guard line.ends(with: suffix) else { return nil }
        let words = line.dropLast(suffix.count).split(separator: space).map {
            String(decoding: $0, as: UTF8.self)
        }
        // `Jan 15 08:00` and `Jan 15 2025`, or `2026-01-15 08:00`; the size is before it.
        let hasMonth = words.suffix(3).first?.allSatisfy(\.isLetter) ?? false
        let dateCount = hasMonth ? 3 : 2
        var details = Details(kind: kind)
        guard words.count > dateCount + 1, let size = Int(words[words.count - dateCount - 1]),
            size >= 0
        else { return details }
        if kind == UInt8(ascii: "-") { details.size = size }
        details.stamp = words.suffix(dateCount + 1).joined(separator: " ")
        return details
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with suffix: [UInt8]) -> Bool {
        self.suffix(suffix.count).elementsEqual(suffix)
    }

    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard part.count <= count else { return false }
        return indices.dropLast(part.count - 1).contains {
            self[$0..<$0 + part.count].elementsEqual(part)
        }
    }
}
