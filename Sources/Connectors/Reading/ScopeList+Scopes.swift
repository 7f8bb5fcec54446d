import Domain
import JSON

extension ScopeList {
    /// The scopes a connector names, in their order.
    ///
    /// - Parameters:
    ///   - settings: The connector's `scope`.
    ///   - common: Values every template may name.
    /// - Returns: One for each element, repeated names too; one in all where the
    ///   definition names no list.
    func scopes(of settings: JSON, _ common: [String: String]) -> [Scope] {
        guard let each else { return [scope(element: nil, otherwise, common)] }
        var elements: [(name: String?, attributes: [String: String])] = []
        collect(each.description.split(separator: "/").map(String.init), settings, [:], &elements)
        elements += also.filter { settings[$0.parameter] == .bool(true) }.map { ($0.element, [:]) }
        return elements.map { element in
            let presets = element.name.flatMap { known[$0] } ?? [:]
            let attributes = otherwise.merging(presets) { $1 }.merging(element.attributes) { $1 }
            return scope(element: element.name, attributes, common)
        }
    }

    private func scope(
        element: String?, _ attributes: [String: String], _ common: [String: String]
    ) -> Scope {
        // An attribute that is empty or untrue is one that is not there.
        var values = attributes.filter { !$0.value.isEmpty && $0.value != "false" }
        values[variable] = element
        return Scope(
            name: name.expand(common.merging(values) { $1 }, isEncoded: false), values: values)
    }

    /// Elements of a list of the settings, with what the elements around them say.
    private func collect(
        _ path: [String], _ value: JSON, _ around: [String: String],
        _ elements: inout [(name: String?, attributes: [String: String])]
    ) {
        guard let first = path.first else { return }
        let key = first.hasSuffix("[]") ? String(first.dropLast(2)) : first
        for item in value[key]?.arrayValue ?? [] {
            if let text = item.stringValue {
                elements.append((text, around))
                continue
            }
            var attributes = around
            for member in item.objectMembers?.pairs ?? [] {
                let texts = member.value.arrayValue?.compactMap(\.scalarText)
                attributes[member.name] = texts?.joined(separator: ",") ?? member.value.scalarText
            }
            if path.count > 1 {
                attributes["name"] = nil
                collect(Array(path.dropFirst()), item, attributes, &elements)
            } else {
                elements.append((attributes.removeValue(forKey: "name"), attributes))
            }
        }
    }
}
