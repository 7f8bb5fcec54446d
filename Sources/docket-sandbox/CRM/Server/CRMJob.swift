import JSON

/// A query job of the bulk interface.
struct CRMJob: Sendable {
    enum State: String, Sendable {
        case uploadComplete = "UploadComplete"
        case inProgress = "InProgress"
        case complete = "JobComplete"
        case failed = "Failed"
        case aborted = "Aborted"

        var isFinal: Bool { self != .uploadComplete && self != .inProgress }
    }

    let id: String
    let operation: String
    let plan: SOQLPlan
    /// What the query found when the job was made.
    let rows: [Int]
    let version: Int
    let createdAt: Timestamp
    let createdBy: String
    let delimiterName: String
    let endingName: String
    var state = State.uploadComplete
    var changedAt: Timestamp
    var pollCount = 0
    var message: String?

    static let delimiters: [String: UInt8] = [
        "COMMA": UInt8(ascii: ","), "TAB": 9, "SEMICOLON": UInt8(ascii: ";"),
        "PIPE": UInt8(ascii: "|"), "CARET": UInt8(ascii: "^"), "BACKQUOTE": UInt8(ascii: "`"),
    ]
    static let endings: [String: [UInt8]] = ["LF": [10], "CRLF": [13, 10]]

    var delimiter: UInt8 { Self.delimiters[delimiterName] ?? UInt8(ascii: ",") }
    var ending: [UInt8] { Self.endings[endingName] ?? [10] }

    /// What the interface tells of the job; the whole of it, with its progress, only to polls.
    func json(isWhole: Bool) -> JSON {
        let json: JSON = [
            "id": .string(CRMID.full(id)), "operation": .string(operation),
            "object": .string(CRMSchema.objects[plan.object].name),
            "createdById": .string(CRMID.full(createdBy)),
            "createdDate": .string(CRMTime.json(createdAt)),
            "systemModstamp": .string(CRMTime.json(changedAt)), "state": .string(state.rawValue),
            "concurrencyMode": "Parallel", "contentType": "CSV",
            "apiVersion": .number("\(version).0"), "lineEnding": .string(endingName),
            "columnDelimiter": .string(delimiterName),
        ]
        guard isWhole else { return json }
        var progress: JSON = [
            "jobType": "V2Query", "retries": 0, "totalProcessingTime": JSON(pollCount * 100),
            "numberRecordsProcessed": JSON(state == .complete ? rows.count : 0),
        ]
        if let message { progress = progress.merging(["errorMessage": .string(message)]) }
        return json.merging(progress)
    }

    /// One poll further.
    mutating func poll(_ switches: CRMSwitches, now: Timestamp) {
        guard !state.isFinal else { return }
        pollCount += 1
        changedAt = now
        guard pollCount >= switches.bulkPolls else {
            state = .inProgress
            return
        }
        state = State(rawValue: switches.bulkOutcome) ?? .complete
        if state == .failed {
            message = "ClientInputError : The query ran into an internal error and was given up."
        }
    }
}
