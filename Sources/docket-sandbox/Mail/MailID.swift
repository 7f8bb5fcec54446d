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

    private func bytes(_ kind: Kind, _ numbers: [Int]) -> [UInt8] {
        var check = Mixer(key, UInt64(kind.rawValue))
        var bytes: [UInt8] = []
        for number in numbers {
            for shift in [24, 16, 8, 0] {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
            check = Mixer(check.next(), UInt64(truncatingIfNeeded: number))
        }
        let digest = check.next()
        return (0..<7).map { UInt8(truncatingIfNeeded: digest >> (8 * $0)) } + bytes
    }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
