import JSON
import SandboxTesting

/// A client's copy of a drive: what its feed told, by id.
struct DriveMirror {
    let drive: String
    private(set) var items: [String: JSON] = [:]

    /// A file as the sandbox lists it in its truth.
    struct File: Hashable {
        let id: String
        let title: String
        let path: String
        let hash: String
    }

    init(drive: String) { self.drive = drive }

    /// Takes in the items of a round; the last one of an id counts, and what hangs on nothing
    /// goes.
    mutating func apply(_ round: [JSON]) {
        for item in round {
            guard let id = item.id else { continue }
            items[id] = item["deleted"] == nil ? item : nil
        }
        var isSettled = false
        while !isSettled {
            let lost = items.filter { _, item in
                item["root"] == nil && parent(of: item).flatMap { items[$0] } == nil
            }
            for id in lost.keys { items[id] = nil }
            isSettled = lost.isEmpty
        }
    }

    var files: Set<File> {
        Set(
            items.values.compactMap { item in
                guard let file = item["file"], item["malware"] == nil, let id = item.id else {
                    return nil
                }
                return File(
                    id: "\(drive)/\(id)", title: item["name"]?.stringValue ?? "",
                    path: path(of: item),
                    hash: file["hashes"]?["quickXorHash"]?.stringValue ?? "")
            })
    }

    private func parent(of item: JSON) -> String? {
        item["parentReference"]?["id"]?.stringValue
    }

    private func path(of item: JSON) -> String {
        guard let parent = parent(of: item).flatMap({ items[$0] }) else { return "" }
        return "\(path(of: parent))/\(item["name"]?.stringValue ?? "")"
    }
}

extension RunningSandbox {
    var graph: String { origin + "/v1.0" }

    /// The id of a drive by what the control interface calls it.
    func drive(_ key: String) async throws -> String {
        let drives = try await control("GET", "drives/state")["drives"]?.arrayValue
        guard let id = drives?.first(where: { $0["key"]?.stringValue == key })?.id else {
            throw Failure(message: "no drive \(key)")
        }
        return id
    }

    /// The id of an item by its path.
    func item(_ path: String, of key: String) async throws -> String {
        let drives = try await control("GET", "drives/state")["drives"]?.arrayValue
        let items = drives?.first { $0["key"]?.stringValue == key }?["items"]?.arrayValue
        guard let id = items?.first(where: { $0["path"]?.stringValue == path })?.id else {
            throw Failure(message: "no item \(path)")
        }
        return id
    }

    func driveFeed(_ drive: String) -> String { "\(graph)/drives/\(drive)/root/delta" }

    /// Makes a file.
    ///
    /// - Returns: Its id.
    func post(
        _ name: String, text: String = "Text.", in parent: String = "/", of drive: String
    ) async throws -> String {
        let made = try await control(
            "POST", "drives/items",
            [
                "drive": .string(drive), "parent": .string(parent), "name": .string(name),
                "text": .string(text),
            ])
        return made.id ?? ""
    }

    func truth(of drive: String) async throws -> Set<DriveMirror.File> {
        let truth = try await control("GET", "drives/truth").arrayValue ?? []
        return Set(
            truth.filter { $0["scope"]?.stringValue == drive }.map {
                DriveMirror.File(
                    id: $0["source_id"]?.stringValue ?? "", title: $0["title"]?.stringValue ?? "",
                    path: $0["path"]?.stringValue ?? "",
                    hash: $0["quick_xor"]?.stringValue ?? "")
            })
    }
}
