/// Identifiers as the vendor's look: long, opaque, case-sensitive, with `-`, `_` and `=`.
///
/// They are computed, not stored: each holds its numbers and a check over them, so a tenant of
/// a million messages needs no index, and an altered id is found out.
struct MailID: Sendable {
    enum Kind: UInt8, CaseIterable, Sendable {
        /// Stays as long as the message is in the mailbox; numbers: message.
        case immutable
        /// Another one after each move; numbers: folder, message.
        case movable
        /// Numbers: folder.
        case folder
        /// Numbers: message, attachment.
        case attachment
        /// Numbers: thread.
        case conversation

        var prefix: String {
            switch self {
            case .immutable: "AAkALgAAAAAAHYQDEapmEc2byACqAC"
            case .movable: "AAMkAGI2THVSAAAtNjA3OC00YzQ0LWI"
            case .folder: "AQMkADEzNzQwNjE3LTY"
            case .attachment: "AAMkAGI2THVSAAABEgAQ"
            case .conversation: "AAQkADQwNDMxMTk5LTIx"
            }
        }
    }

    private let key: UInt64

    /// - Parameters:
    ///   - seed: Ids of another seed are unknown ids.
    ///   - mailbox: Ids of another mailbox are unknown ids.
    init(seed: UInt64, mailbox: Int) {
        var mixer = Mixer(seed, UInt64(truncatingIfNeeded: mailbox))
        self.key = mixer.next()
    }

    func encode(_ kind: Kind, _ numbers: Int...) -> String {
        kind.prefix + Base64.encode(bytes(kind, numbers), .url)
    }

    /// - Returns: The numbers in the id, nil where the id is of another kind or made up.
    func decode(_ kind: Kind, _ id: String) -> [Int]? {
        guard id.hasPrefix(kind.prefix),
            let bytes = Base64.decodeURL(id.utf8.dropFirst(kind.prefix.utf8.count).text),
            bytes.count >= 8, bytes.count % 4 == 3
        else { return nil }
        let numbers = stride(from: 7, to: bytes.count, by: 4).map { start in
            bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        return self.bytes(kind, numbers) == bytes ? numbers : nil
    }

    /// Appends what ``encode(_:_:)`` gives.
    func append(_ kind: Kind, _ numbers: Int..., to bytes: inout [UInt8]) {
        bytes += kind.prefix.utf8
        Base64.append(self.bytes(kind, numbers), .url, to: &bytes)
    }

    private func bytes(_ kind: Kind, _ numbers: [Int]) -> [UInt8] {
        var check = Mixer(key, UInt64(kind.rawValue))
        // The check comes first, and is known last.
        var bytes = [UInt8](repeating: 0, count: 7 + 4 * numbers.count)
        for (index, number) in numbers.enumerated() {
            for place in 0..<4 {
                bytes[7 + 4 * index + place] = UInt8(truncatingIfNeeded: number >> (24 - 8 * place))
            }
            check = Mixer(check.next(), UInt64(truncatingIfNeeded: number))
        }
        let digest = check.next()
        for place in 0..<7 { bytes[place] = UInt8(truncatingIfNeeded: digest >> (8 * place)) }
        return bytes
    }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
