package import YAML

extension Configuration {
    /// The fields of the main file, for references and schemas.
    package static var mainFields: [any DeclaredField] { MainFile.section.fields }

    /// The fields of a connector's file, for references and schemas.
    ///
    /// - Parameter fields: What the definition adds; nil for what all connectors share.
    /// - Returns: The table, in the order of reference pages.
    package static func connectorFields(_ fields: ConnectorFields?) -> [any DeclaredField] {
        Connector.section(fields ?? ConnectorFields(connection: [], scope: [])).fields
    }

    /// The reference entry of a field, wherever it may stand.
    ///
    /// A name that means different things to different definitions gets an entry for each.
    ///
    /// - Parameters:
    ///   - name: Dotted, such as `scope.folders`; empty for an overview.
    ///   - definitions: Whose fields are part of the reference.
    /// - Returns: Lines of text, the last one ended.
    /// - Throws: The unknown name, with the nearest one.
    package static func explain(
        _ name: String, _ definitions: Definitions
    ) throws(Explanation.Unknown) -> String {
        var tables = [("docket.yaml", mainFields), ("connectors.d/*.yaml", connectorFields(nil))]
        if name.hasPrefix("connection") || name.hasPrefix("scope") {
            for definition in definitions.connectors.keys.sorted() {
                let fields = connectorFields(definitions.connectors[definition])
                tables.append(("connector: \(definition)", fields))
            }
        }
        var entries: [(titles: [String], text: String)] = []
        var unknown = Explanation.Unknown(name: name, nearest: nil)
        for (title, fields) in tables {
            do throws(Explanation.Unknown) {
                let text = try Explanation.text(of: name, in: fields)
                if let index = entries.firstIndex(where: { $0.text == text }) {
                    entries[index].titles.append(title)
                } else {
                    entries.append(([title], text))
                }
            } catch {
                if error.nearest != nil { unknown = error }
            }
        }
        guard !entries.isEmpty else { throw unknown }
        if name == Connector.definition.name {
            let names = definitions.connectors.keys.sorted().joined(separator: ", ")
            entries[0].text += "  Known: \(names)\n"
        }
        return entries.map { "\($0.titles.joined(separator: ", "))\n\n\($0.text)" }
            .joined(separator: "\n")
    }
}
