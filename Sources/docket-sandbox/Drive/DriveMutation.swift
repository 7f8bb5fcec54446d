/// Changes to the drives at random, as a company makes them.
struct DriveMutation {
    private var random: Mixer
    private let seed: UInt64
    private var count = 0

    init(seed: UInt64) {
        random = Mixer(seed, 8000)
        self.seed = seed
    }

    /// Makes one change, in one drive; the same seed and the same drives make the same change.
    mutating func step(_ tenant: inout DriveTenant, now: Timestamp) {
        count += 1
        let number = pick(tenant.drives.count)
        let editor = DriveTenant.people[pick(DriveTenant.people.count)]
        switch pick(20) {
        case 0..<7: create(&tenant[number], editor, now)
        case 7..<10: change(&tenant[number], editor, now)
        case 10..<12: rename(&tenant[number], editor, now)
        case 12..<15: move(&tenant[number], editor, now)
        case 15..<17: delete(&tenant[number], now)
        case 17: evacuate(&tenant[number], editor, now)
        default: share(&tenant[number], editor, now)
        }
    }

    private mutating func create(_ drive: inout Drive, _ editor: Letter.Person, _ now: Timestamp) {
        var folder = pick(from: folders(drive)) ?? 0
        if pick(4) == 0 {
            folder = drive.add(newName("Folder"), .folder, to: folder, by: editor, now: now)
        }
        let format = FileFormat.allCases[pick(FileFormat.allCases.count)]
        let name = newName("File") + "." + format.rawValue
        drive.add(name, .file(file(name)), to: folder, by: editor, now: now)
    }

    private mutating func change(_ drive: inout Drive, _ editor: Letter.Person, _ now: Timestamp) {
        guard let number = pick(from: files(drive)) else { return }
        drive.write(file(drive.items[number].name), to: number, by: editor, now: now)
    }

    private mutating func rename(_ drive: inout Drive, _ editor: Letter.Person, _ now: Timestamp) {
        guard let number = pick(from: movable(drive)) else { return }
        let ending = drive.items[number].name.split(separator: ".").dropFirst().last
        let isFile = drive.items[number].file != nil
        let name = newName("Renamed") + (isFile ? "." + (ending ?? "txt") : "")
        drive.rename(number, to: name, by: editor, now: now)
    }

    private mutating func move(_ drive: inout Drive, _ editor: Letter.Person, _ now: Timestamp) {
        guard let number = pick(from: movable(drive)), let target = pick(from: folders(drive)),
            drive.canMove(number, to: target),
            drive.child(of: target, named: drive.items[number].name) == nil
        else { return }
        drive.move(number, to: target, by: editor, now: now)
        // Sometimes a moved folder is gone before anyone read of the move.
        if drive.items[number].isFolder, pick(3) == 0, isSmall(number, drive) {
            drive.delete(number, tombstones(), now: now)
        }
    }

    private mutating func delete(_ drive: inout Drive, _ now: Timestamp) {
        let candidates = movable(drive)
        for _ in 0..<4 {
            guard let number = pick(from: candidates) else { return }
            if isSmall(number, drive) {
                drive.delete(number, tombstones(), now: now)
                return
            }
        }
    }

    /// Whether little goes with it: a drive is to grow in the long run.
    private func isSmall(_ number: Int, _ drive: Drive) -> Bool {
        drive.descendants(of: number).count <= 8
    }

    /// Moves something out of a folder and deletes the folder; the feed tells of the deletion
    /// first.
    private mutating func evacuate(
        _ drive: inout Drive, _ editor: Letter.Person, _ now: Timestamp
    ) {
        let filled = folders(drive).filter {
            $0 != 0 && drive.items[$0].childCount > 0 && isSmall($0, drive)
        }
        guard let folder = pick(from: filled),
            let child = pick(from: drive.children(of: folder)), drive.canMove(child, to: 0),
            drive.child(of: 0, named: drive.items[child].name) == nil
        else { return }
        drive.move(child, to: 0, by: editor, now: now)
        drive.delete(folder, tombstones(), now: now)
        drive.retell(child, now: now)
    }

    private mutating func share(_ drive: inout Drive, _ editor: Letter.Person, _ now: Timestamp) {
        guard let number = pick(from: movable(drive)) else { return }
        if let permission = drive.items[number].permissions.first {
            _ = drive.revoke(permission.id, on: number, now: now)
        } else {
            _ = drive.grant(["read"], to: .user(editor), on: number, now: now)
        }
    }

    private mutating func file(_ name: String) -> DriveFile {
        let sentences = (0..<3 + pick(20)).map { _ in Self.sentences[pick(Self.sentences.count)] }
        return DriveFile(
            text: "Note \(count) of \(seed)\n" + sentences.joined(separator: "\n") + "\n",
            name: name)
    }

    private mutating func tombstones() -> Drive.Tombstones {
        Drive.Tombstones.allCases[pick(Drive.Tombstones.allCases.count)]
    }

    private mutating func newName(_ kind: String) -> String {
        "\(kind) \(String(random.next() % 0xFFFF_FFFF, radix: 36))"
    }

    private mutating func pick(_ count: Int) -> Int {
        count > 0 ? Int(random.next() % UInt64(count)) : 0
    }

    private mutating func pick(from numbers: [Int]) -> Int? {
        numbers.isEmpty ? nil : numbers[pick(numbers.count)]
    }

    private func files(_ drive: Drive) -> [Int] {
        drive.items.indices.filter { !drive.items[$0].isDeleted && drive.items[$0].file != nil }
    }

    private func folders(_ drive: Drive) -> [Int] {
        drive.items.indices.filter { !drive.items[$0].isDeleted && drive.items[$0].isFolder }
    }

    private func movable(_ drive: Drive) -> [Int] {
        drive.items.indices.dropFirst().filter { !drive.items[$0].isDeleted }
    }

    static let sentences = [
        "The delivery is expected in calendar week 34.", "Der Prüfstand ist ab Montag frei.",
        "La réunion est reportée au jeudi 14 heures.", "El presupuesto queda aprobado sin cambios.",
        "Torque all flange bolts to 85 Nm in two passes.",
        "Die Dichtung wurde nach 9.000 Stunden getauscht.",
        "Le débit mesuré est de 42 m³/h sous 5,2 bar.",
        "La bomba se entrega con certificado 3.1 y manual.",
        "Costs stay within the budget of 48,000 euros.",
        "Bitte bestätigen Sie den Termin bis Freitag.",
    ]
}
