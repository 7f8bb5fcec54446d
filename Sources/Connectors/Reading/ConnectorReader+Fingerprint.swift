import Crypto
package import Domain
import JSON

extension ConnectorReader {
    /// What two readings of a stream have in common if they show the same: 32 bytes.
    ///
    /// Of the definition that is all that decides which records there are and what becomes of
    /// them; of the connector its scope and what its element says, but not which other scopes and
    /// streams are chosen. Addresses, credentials, limits and what failures mean do not count.
    ///
    /// - Parameter stream: One of ``streams(of:)``.
    /// - Returns: SHA-256.
    /// - Throws: ``ConnectorError/unexpected(url:reason:)`` where OpenSSL does not hash.
    package func fingerprint(of stream: Stream) throws(ConnectorError) -> [UInt8] {
        let names = definition.contentNames
        var members = JSON.Members()
        for parameter in definition.connection
        where names.contains(parameter.name) && parameter.isSimple {
            members["connection/\(parameter.name)"] = settings.connection[parameter.name]
                .map(JSON.string)
        }
        for (name, text) in stream.variables.sorted(by: { $0.key < $1.key }) {
            members["element/\(name)"] = .string(text)
        }
        if case .odata = definition.records.changes, sharesElementName(stream) {
            members["shares_name"] = true
        }
        for (name, value) in decidingScope { members["scope/\(name)"] = value }
        let parts: JSON = [.string(definition.contentText), .object(members)]
        do { return try sha256(parts.serialized()) } catch {
            throw .unexpected(url: settings.name, reason: "\(error)")
        }
    }

    /// Whether another scope has an element of the same name, so that what they hold has to be told
    /// apart.
    func sharesElementName(_ stream: Stream) -> Bool {
        let variable = definition.scopes.variable
        return scopes.contains { scope in
            scope.name != stream.scope && scope.values[variable] == stream.variables[variable]
        }
    }

    /// The settings of `scope` that bear on every stream, without what says nothing.
    private var decidingScope: [(name: String, value: JSON)] {
        let choosing = Set(
            [definition.scopes.each?.head, definition.streams?.select].compactMap(\.self)
                + definition.scopes.also.map(\.parameter))
        return (settings.scope.objectMembers?.pairs ?? []).sorted { $0.name < $1.name }
            .compactMap { name, value in
                guard !choosing.contains(name), value != .null, value != false, value != "",
                    value != []
                else { return nil }
                // Of a list of texts the order says nothing.
                let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
                let isList = !texts.isEmpty && texts.count == value.arrayValue?.count
                return (name, isList ? .array(Set(texts).sorted().map(JSON.string)) : value)
            }
    }
}

extension Definition {
    /// Every name that requests for records and for what belongs to them use, in their headers
    /// too: a language, for one.
    fileprivate var contentNames: Set<String> {
        var requests = records.allRequests + [content?.request, access?.request]
        requests += children.flatMap { [$0.request, $0.content?.request] }
        var names = requests.compactMap(\.self).flatMap(\.names)
        names += headers.flatMap { $0.values.flatMap(\.names) }
        if case .odata(let odata) = records.changes { names += odata.service.names }
        return Set(names)
    }
}
