/// Changes at random, the same ones for the same seed.
struct CRMRandomChanges {
    private var random: Mixer
    private let seed: UInt64

    init(seed: UInt64) { (self.seed, random) = (seed, Mixer(seed, 44)) }

    func apply(_ count: Int, to data: inout CRMData, now: Timestamp) {
        var copy = self
        for step in 0..<count { copy.change(&data, step, now) }
    }

    private static let objects = [
        "Account", "Contact", "Case", "Case", "CaseComment", "EmailMessage", "FeedItem",
        "Knowledge__kav", "Task", "Project__c",
    ]

    private mutating func pick<Element>(_ choices: [Element]) -> Element? {
        choices.isEmpty ? nil : choices[Int(random.next() % UInt64(choices.count))]
    }

    private mutating func change(_ data: inout CRMData, _ step: Int, _ now: Timestamp) {
        guard let name = pick(Self.objects), let object = CRMSchema.number(of: name) else { return }
        let serial = Int(random.next() % 1_000_000)
        let isDeleting = random.next() % 4 == 0
        switch random.next() % 10 {
        case 0...2: create(&data, name, object, serial, now)
        case 3...5: update(&data, name, object, serial, now)
        case 6 where isDeleting: purgeOne(&data, object, now)
        case 6, 7:
            if let id = live(data, object) { data.delete(id, now: now) }
        case 8: undeleteOne(&data, object, now)
        default: newVersion(&data, serial, now)
        }
    }

    /// A live record; looks at few rows, so that a million records take no longer.
    private mutating func live(_ data: CRMData, _ object: Int) -> String? {
        let records = data.tables[object].records
        for _ in 0..<32 where !records.isEmpty {
            let record = records[Int(random.next() % UInt64(records.count))]
            if record.isLive { return record.id }
        }
        return nil
    }

    private mutating func create(
        _ data: inout CRMData, _ name: String, _ object: Int, _ serial: Int, _ now: Timestamp
    ) {
        var values = CRMOrg.syntheticValues(object, serial, bodyBytes: 600)
        if let theCase = CRMSchema.number(of: "Case"), let parent = live(data, theCase) {
            switch name {
            case "CaseComment", "EmailMessage", "FeedItem": values["ParentId"] = .id(parent)
            case "Task": values["WhatId"] = .id(parent)
            default: break
            }
        }
        data.create(object, values, now: now)
    }

    private mutating func update(
        _ data: inout CRMData, _ name: String, _ object: Int, _ serial: Int, _ now: Timestamp
    ) {
        guard let id = live(data, object) else { return }
        let values = CRMOrg.syntheticValues(object, serial, bodyBytes: 300)
        // One field of the text and perhaps the title, so that most of a record stays as it was.
        let texts = values.filter { if case .synthetic = $0.value { true } else { false } }
        var changes = texts
        if random.next() % 2 == 0, let title = CRMSchema.objects[object].nameField,
            let value = values[title], name != "Contact"
        {
            changes[title] = value
        }
        if changes.isEmpty { changes = values.filter { $0.key == "LastName" } }
        data.update(id, changes, now: now)
    }

    private mutating func purgeOne(_ data: inout CRMData, _ object: Int, _ now: Timestamp) {
        if let id = live(data, object) { data.purge(id, now: now) }
    }

    private mutating func undeleteOne(_ data: inout CRMData, _ object: Int, _ now: Timestamp) {
        let bin = data.tables[object].records.filter { $0.deletedWith == $0.id && !$0.isPurged }
        if let record = pick(bin) { _ = data.undelete(record.id, now: now) }
    }

    private mutating func newVersion(_ data: inout CRMData, _ serial: Int, _ now: Timestamp) {
        guard let documents = CRMSchema.number(of: "ContentDocument"),
            let id = live(data, documents), let record = data.record(id)
        else { return }
        let title = data.value("Title", of: record, documents).text ?? "File"
        let text = CRMSynthetic.body(serial, bytes: 500)
        data.store(
            CRMData.File(
                title: title, path: "\(title).txt", bytes: Array(text.utf8), document: id), now: now
        )
    }
}
