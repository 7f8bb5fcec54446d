import Domain
import Foundation
import JSON

/// A record as a text that people and models can read: a line for each member.
enum MemberList {
    /// The text of an object: members without a value are left out, lists and objects within it
    /// are indented below their names, down to ``Limits/memberDepthMax``.
    static func text(of record: JSON) -> String {
        var lines: [String] = []
        write(record, depth: 0, &lines)
        return lines.joined(separator: "\n")
    }

    private static func write(_ value: JSON, depth: Int, _ lines: inout [String]) {
        guard depth < Limits.memberDepthMax else { return }
        let indent = String(repeating: "  ", count: depth)
        for member in value.objectMembers?.pairs ?? [] where lines.count < Limits.memberLinesMax {
            // Annotations of the protocol are nothing for readers.
            guard !member.name.hasPrefix("@"), member.name != "attributes" else { continue }
            if let text = line(member.value) {
                if !text.isEmpty { lines.append("\(indent)\(member.name): \(text)") }
                continue
            }
            let elements = member.value.arrayValue ?? [member.value]
            let inner = elements.filter { $0.objectMembers?.pairs.isEmpty == false }
            guard !inner.isEmpty else { continue }
            lines.append("\(indent)\(member.name):")
            for (index, element) in inner.enumerated() {
                if index > 0, inner.count > 1 { lines.append("\(indent)  -") }
                write(element, depth: depth + 1, &lines)
            }
        }
    }

    /// A scalar, or scalars in a list, on one line; nil for what has members.
    private static func line(_ value: JSON) -> String? {
        if value.isNull { return "" }
        if let text = value.scalarText {
            // Of an instant in whichever form, the one that people know.
            if text.hasPrefix("/Date("), let date = Timestamp(text)?.date {
                return date.formatted(.iso8601)
            }
            return text
        }
        guard let elements = value.arrayValue else { return nil }
        let texts = elements.compactMap(\.scalarText)
        return texts.count == elements.count ? texts.joined(separator: ", ") : nil
    }
}
