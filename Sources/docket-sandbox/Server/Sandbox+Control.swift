import HTTPServer
import JSON

/// The control interface: what a test or a rehearsal asks of the tenant behind its back.
extension Sandbox {
    /// Obeys a control request; the path is the segments behind `sandbox`.
    func control(_ request: HTTPRequest, _ path: [String]) async -> HTTPResponse {
        do throws(ControlError) {
            return Self.response(200, try await controlAnswer(request, path))
        } catch {
            return Self.response(error.status, ["error": .string(error.message)])
        }
    }

    private static func response(_ status: Int, _ body: JSON) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")],
            body: body.serializedBytes())
    }

    private func controlAnswer(
        _ request: HTTPRequest, _ path: [String]
    ) async throws(ControlError) -> JSON {
        let body = try Self.body(of: request)
        if let system = systems.first(where: { $0.name == path.first }) {
            return try await answer(of: system, request, Array(path.dropFirst()), body)
        }
        if path.first == "mail" { return try mailControl(request, Array(path.dropFirst()), body) }
        switch (request.method, path.first ?? "", path.count) {
        case ("GET", "state", 1): return state()
        case ("GET", "requests", 1): return counters.json
        case ("DELETE", "requests", 1):
            counters.reset()
            return counters.json
        case (_, "faults", 2) where path[1] == "random":
            return try randomFaults(request.method, body)
        case ("GET", "faults", 1):
            return ["pending": JSON(faults.faults.count), "struck": JSON(faults.struckCount)]
        case ("DELETE", "faults", 1):
            faults.removeAll()
            return ["pending": 0]
        case ("POST", "faults", 1): return try addFaults(body)
        case ("POST", "expire-tokens", 1):
            await expireTokens()
            return [:]
        case ("POST", "token-lifetime", 1):
            let fields = try ControlFields(body, known: ["seconds"])
            guard let seconds = try fields.number("seconds", in: 0...Limits.tokenLifetimeMax) else {
                throw ControlError("seconds is missing")
            }
            ledger.lifetime = seconds
            return ["seconds": JSON(seconds)]
        case ("POST", "expire-feeds", 1): return try expireFeeds(body)
        case ("POST", "generate", 1): return try generate(body)
        case (_, "mailboxes", 3...): return try mailboxControl(request, path, body)
        default:
            throw ControlError(
                "no \(request.method) /sandbox/\(path.joined(separator: "/"))", status: 404)
        }
    }

    /// What every system is asked alike, and else what it alone understands.
    private func answer(
        of system: any TenantSystem, _ request: HTTPRequest, _ path: [String], _ body: JSON
    ) async throws(ControlError) -> JSON {
        switch (request.method, path) {
        case ("GET", ["truth"]): return .array(await system.truth())
        case ("POST", ["expire-feeds"]):
            await system.expireFeeds()
            return [:]
        case ("POST", ["mutate"]):
            let (count, seed) = try Self.mutations(body)
            await system.mutate(count: count, seed: seed, now: now)
            return [:]
        default: return try await system.control(request, path, body, now: now)
        }
    }

    /// The mail's answer to what every system is asked.
    private func mailControl(
        _ request: HTTPRequest, _ path: [String], _ body: JSON
    ) throws(ControlError) -> JSON {
        switch (request.method, path) {
        case ("GET", ["truth"]): return .array(mail.truth())
        case ("POST", ["expire-feeds"]):
            mail.expireFeeds()
            return [:]
        case ("POST", ["mutate"]):
            let (count, seed) = try Self.mutations(body)
            mail.mutate(count: count, seed: seed, now: now)
            return [:]
        default: throw ControlError("no such control of the mail", status: 404)
        }
    }

    private static func mutations(
        _ body: JSON
    ) throws(ControlError) -> (count: Int, seed: UInt64) {
        let fields = try ControlFields(body, known: ["count", "seed"])
        let count = try fields.number("count", in: 1...Limits.mutationsMax) ?? 1
        return (count, UInt64(try fields.number("seed", in: 0...Int.max) ?? 1))
    }

    private static func body(of request: HTTPRequest) throws(ControlError) -> JSON {
        guard !request.body.isEmpty else { return [:] }
        do throws(JSONError) {
            return try JSON.parse(request.body)
        } catch {
            throw ControlError(error.description)
        }
    }

    private func addFaults(_ body: JSON) throws(ControlError) -> JSON {
        var added: [Fault] = []
        for item in body.arrayValue ?? [body] { added.append(try Fault(item)) }
        guard faults.faults.count + added.count <= Limits.faultsMax else {
            throw ControlError("more than \(Limits.faultsMax) faults")
        }
        for fault in added { faults.append(fault) }
        return ["pending": JSON(faults.faults.count)]
    }

    private func randomFaults(_ method: String, _ body: JSON) throws(ControlError) -> JSON {
        switch method {
        case "GET": break
        case "POST": randomFaults = try RandomFaults(body)
        case "DELETE":
            let struckCount = randomFaults?.struckCount ?? 0
            randomFaults = nil
            return ["struck": JSON(struckCount)]
        default: throw ControlError("no \(method) of random faults", status: 404)
        }
        guard let faults = randomFaults else { return ["rate": 0, "struck": 0] }
        return [
            "rate": JSON(faults.rate), "seed": JSON(faults.seed),
            "struck": JSON(faults.struckCount),
            "kinds": .array(faults.kinds.map { .string($0.rawValue) }),
        ]
    }

    private func expireFeeds(_ body: JSON) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["mailbox", "folder"])
        var expiredCount = 0
        for number in try mailboxes(fields) {
            let folders: [Int]
            if let name = try fields.text("folder") {
                folders = [try folder(name, in: number)]
            } else {
                folders = Array(mail[number].folders.indices)
            }
            for folder in folders { mail[number].expireFeed(of: folder) }
            expiredCount += folders.count
        }
        return ["feeds": JSON(expiredCount)]
    }

    private func generate(_ body: JSON) throws(ControlError) -> JSON {
        let fields = try ControlFields(
            body, known: ["mailbox", "folder", "count", "body_bytes"])
        let number = try mailboxes(fields)[0]
        let target = try folder(try fields.text("folder") ?? "inbox", in: number)
        guard let count = try fields.number("count", in: 1...Limits.generatedMax) else {
            throw ControlError("count is missing")
        }
        let bodyBytes = try fields.number("body_bytes", in: 0...Limits.bodyBytesMax) ?? 2500
        mail[number].generate(count, in: target, bodyBytes: bodyBytes)
        return ["messages": JSON(mail[number].folders[target].totalCount)]
    }

    /// The mailbox that `mailbox` names, or all of them, the first one first.
    private func mailboxes(_ fields: ControlFields) throws(ControlError) -> [Int] {
        guard let name = try fields.text("mailbox") else { return Array(mail.mailboxes.indices) }
        return [try mailbox(name)]
    }

    func mailbox(_ name: String) throws(ControlError) -> Int {
        guard let number = mail.mailbox(of: name) else {
            throw ControlError("no mailbox \"\(name)\"", status: 404)
        }
        return number
    }

    func folder(_ name: String, in mailbox: Int) throws(ControlError) -> Int {
        guard let number = mail[mailbox].folder(named: name) else {
            throw ControlError("no folder \"\(name)\"", status: 404)
        }
        return number
    }

    private func state() -> JSON {
        let mailboxes = mail.mailboxes.map { mailbox -> JSON in
            let folders = mailbox.folders.indices.dropFirst().compactMap { number -> JSON? in
                let folder = mailbox.folders[number]
                guard !folder.isDeleted else { return nil }
                return [
                    "key": .string(folder.key), "id": .string(mailbox.ids.encode(.folder, number)),
                    "name": .string(folder.displayName),
                    "parent": folder.parent.map { .string(mailbox.folders[$0].key) } ?? .null,
                    "hidden": .bool(folder.isHidden), "search": .bool(folder.search != nil),
                    "messages": JSON(folder.totalCount),
                ]
            }
            return [
                "address": .string(mailbox.address), "id": .string(mailbox.guid),
                "folders": .array(folders),
            ]
        }
        return [
            "tenant": .string(registration.tenantID), "client_id": .string(registration.clientID),
            "mailboxes": .array(mailboxes),
        ]
    }
}
