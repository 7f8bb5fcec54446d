/// Reads the corpus: mails in a text form that one can write by hand.
///
/// A mail begins with `@ DATE FOLDER html|text THREAD`. Header lines follow (`From:`, `To:`,
/// `Cc:`, `Subject:`, `Type:`, `Importance:`), an empty line, the body, and attachments, each
/// behind a line `%% NAME CONTENT-TYPE`: a text, of which a file is made where the name's ending
/// is one of ``FileFormat``. Anything else is an error.
struct CorpusReader {
    /// A mail that does not follow the form, and its first line.
    struct Malformed: Error, CustomStringConvertible {
        let mail: String
        let reason: String

        var description: String { "corpus mail \"\(mail)\": \(reason)" }
    }

    /// - Parameters:
    ///   - text: Mails one after the other.
    ///   - mailbox: The recipient of mails that name none.
    /// - Returns: Each mail with the key of its folder.
    /// - Throws: ``Malformed``.
    static func letters(
        in text: String, mailbox: Letter.Person
    ) throws(Malformed) -> [(folder: String, letter: Letter)] {
        var mails: [[Substring]] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("@ ") {
                mails.append([line])
            } else if !mails.isEmpty {
                mails[mails.count - 1].append(line)
            } else if !line.isEmpty {
                throw Malformed(mail: String(line), reason: "text before the first mail")
            }
        }
        var letters: [(folder: String, letter: Letter)] = []
        for mail in mails { letters.append(try letter(mail, mailbox)) }
        return letters
    }

    private static func letter(
        _ lines: [Substring], _ mailbox: Letter.Person
    ) throws(Malformed) -> (folder: String, letter: Letter) {
        let title = String(lines[0])
        let words = title.split(separator: " ")
        guard words.count == 5, ["html", "text"].contains(words[3]),
            let sentAt = Timestamp(String(words[1]))
        else { throw Malformed(mail: title, reason: "not @ DATE FOLDER html|text THREAD") }
        var letter = Letter(
            sentAt: sentAt, subject: "", from: nil, to: [mailbox], isHTML: words[3] == "html",
            body: "", thread: String(words[4]))
        let head = lines.dropFirst().prefix { !$0.isEmpty }
        for line in head {
            guard read(header: line, into: &letter) else {
                throw Malformed(mail: title, reason: "header line \"\(line)\"")
            }
        }
        let parts = lines.dropFirst(head.count + 2).split(
            omittingEmptySubsequences: false, whereSeparator: { $0.hasPrefix("%% ") })
        let markers = lines.filter { $0.hasPrefix("%% ") }.map { $0.split(separator: " ") }
        guard let body = parts.first.map(trimmed), !body.isEmpty, !letter.subject.isEmpty else {
            throw Malformed(mail: title, reason: "no subject or no body")
        }
        letter.body = letter.isHTML ? document(body) : body
        for (marker, part) in zip(markers, parts.dropFirst()) {
            guard marker.count == 3 else {
                throw Malformed(mail: title, reason: "attachment is not %% NAME CONTENT-TYPE")
            }
            let (name, text) = (String(marker[1]), "\(trimmed(part))\n")
            letter.attachments.append(
                Letter.Attachment(
                    name: name, contentType: String(marker[2]),
                    content: FileFormat(ofName: name)?.bytes(of: text) ?? Array(text.utf8)))
        }
        return (String(words[2]), letter)
    }

    private static func read(header line: Substring, into letter: inout Letter) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return false }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        switch line[..<colon] {
        case "From": letter.from = people(value).first
        case "To": letter.to = people(value)
        case "Cc": letter.cc = people(value)
        case "Subject": letter.subject = String(value)
        case "Type": letter.subtype = String(value)
        case "Importance": letter.importance = String(value)
        default: return false
        }
        return !value.isEmpty
    }

    /// The people in `Ana Ruiz <ana@fabrikam.example>, ...`.
    static func people(_ text: Substring) -> [Letter.Person] {
        text.split(separator: ",").compactMap { part in
            let pieces = part.split(separator: "<", maxSplits: 1)
            guard pieces.count == 2, pieces[1].hasSuffix(">") else { return nil }
            let name = pieces[0].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            return Letter.Person(
                name: String(name), address: String(pieces[1].dropLast()))
        }
    }

    private static func trimmed(_ lines: ArraySlice<Substring>) -> String {
        let kept = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
        return kept.joined(separator: "\n")
    }

    private static func document(_ html: String) -> String {
        guard !html.hasPrefix("<html") else { return html }
        let head = #"<meta http-equiv="Content-Type" content="text/html; charset=utf-8">"#
        return "<html><head>\(head)</head><body>\(html)</body></html>"
    }
}
