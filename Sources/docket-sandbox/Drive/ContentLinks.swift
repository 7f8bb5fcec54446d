import HTTPServer

/// Links to content that need no token, for a while.
struct ContentLinks: Sendable {
    let seed: UInt64
    /// Links of an older generation have expired.
    var generation = 0

    private static let path = "/_layouts/15/download.aspx"

    /// What a link of this path and query asks for; nil for any other path.
    struct Request: Sendable {
        let drive: String
        let item: String
        let isGood: Bool
    }

    /// Whether a path is one of the content's host.
    static func isContent(_ path: String) -> Bool { path.hasSuffix(Self.path) }

    func link(to number: Int, of drive: Drive, _ request: DriveRequest) -> String {
        let item = drive.items[number].id
        let until = "\(request.contentUntil.seconds)"
        let check = check(drive.id, item, until)
        return "\(request.contentOrigin)/\(drive.key)\(Self.path)?UniqueId=\(item)&drive="
            + "\(drive.id)&tempauth=v1.\(until).\(check)"
    }

    func request(_ request: HTTPRequest, now: Timestamp) -> Request? {
        guard let item = request.queryItem("UniqueId"), let drive = request.queryItem("drive"),
            let parts = request.queryItem("tempauth")?.split(separator: "."), parts.count == 3,
            let until = Int64(parts[1])
        else { return nil }
        let isGood = parts[2] == check(drive, item, "\(until)") && now < Timestamp(until)
        return Request(drive: drive, item: item, isGood: isGood)
    }

    private func check(_ drive: String, _ item: String, _ until: String) -> String {
        DrivePosition.check(
            "\(drive)|\(item)|\(until)|\(generation)", seed &+ 6000)
    }
}
