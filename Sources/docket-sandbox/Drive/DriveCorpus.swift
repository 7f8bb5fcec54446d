/// Reads the files the drives begin with, from a text form that one can write by hand.
///
/// A file begins with `@ DATE DRIVE /PATH/NAME`; its text follows, as ``FileFormat`` takes it.
enum DriveCorpus {
    /// A file that does not follow the form, by its first line.
    struct Malformed: Error, CustomStringConvertible {
        let line: String

        var description: String { "corpus file \"\(line)\" is not @ DATE DRIVE /PATH/NAME" }
    }

    struct File: Sendable {
        let at: Timestamp
        let drive: String
        let folders: [String]
        let name: String
        let text: String
    }

    static func files() throws(Malformed) -> [File] {
        var files: [File] = []
        for text in [english, german, french, spanish, tables] {
            var parts: [[Substring]] = []
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("@ ") {
                    parts.append([line])
                } else if !parts.isEmpty {
                    parts[parts.count - 1].append(line)
                }
            }
            for part in parts { files.append(try file(part)) }
        }
        return files
    }

    private static func file(_ lines: [Substring]) throws(Malformed) -> File {
        let words = lines[0].split(separator: " ", maxSplits: 3)
        guard words.count == 4, let moment = Timestamp(String(words[1])) else {
            throw Malformed(line: String(lines[0]))
        }
        let names = words[3].split(separator: "/").map(String.init)
        guard let name = names.last else { throw Malformed(line: String(lines[0])) }
        let body = lines.dropFirst().reversed().drop { $0.isEmpty }.reversed()
        return File(
            at: moment, drive: String(words[2]), folders: names.dropLast(), name: name,
            text: body.joined(separator: "\n") + "\n")
    }
}
