package import Domain
package import Inference

/// A recipe's prompt with one document's values in the places that name them.
///
/// Values are put in once, in a single pass: a document that contains `{{body}}` says just that.
/// The result is text for the tokenizer with control tokens off, so nothing in a document can
/// end its place in the conversation.
struct Prompt {
    let recipe: Recipe

    /// The conversation for a document.
    ///
    /// - Parameters:
    ///   - document: Whose title and other values are used whole.
    ///   - body: The part of its body that fits.
    /// - Returns: System and user message.
    func messages(for document: Subject, body: String) -> [ChatMessage] {
        let values = [
            "title": document.title, "body": body, "labels": labels.joined(separator: ", "),
            "language": document.language ?? "", "author": document.author ?? "",
        ]
        let system = recipe.system.map { Self.fill($0, values) }
        return (system.map { [ChatMessage(role: .system, content: $0)] } ?? [])
            + [ChatMessage(role: .user, content: Self.fill(recipe.user, values))]
    }

    private var labels: [String] {
        if case .labels(let labels) = recipe.output { labels } else { [] }
    }

    /// The names a prompt may use.
    static let names: Set<String> = ["title", "body", "labels", "language", "author"]

    /// The names between `{{` and `}}` in a template.
    static func names(in template: String) -> [String] {
        var names: [String] = []
        _ = scan(template) { name in
            names.append(name)
            return ""
        }
        return names
    }

    private static func fill(_ template: String, _ values: [String: String]) -> String {
        scan(template) { values[$0] ?? "" }
    }

    private static func scan(_ template: String, _ value: (String) -> String) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstRange(of: "{{"),
            let close = rest[open.upperBound...].firstRange(of: "}}")
        {
            result += rest[..<open.lowerBound]
            result += value(String(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}
