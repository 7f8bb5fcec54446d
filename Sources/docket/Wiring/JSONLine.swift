import Foundation
import Inference
import JSON

/// One JSON value of a file a command reads, and where it stands.
struct JSONLine: Sendable {
    /// `path:line`, or `path` alone where the file is one value.
    let place: String
    let value: JSON

    /// The lines of a JSON lines file.
    ///
    /// Lines end at a line feed alone: the texts may hold every other separator there is.
    static func all(_ path: String) throws(CommandFailure) -> [JSONLine] {
        let bytes = try contents(path)
        var lines: [JSONLine] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty
        {
            lines.append(try parse(Array(line), at: "\(path):\(index + 1)"))
        }
        guard !lines.isEmpty else { throw failure(path, "holds no lines") }
        return lines
    }

    /// A file that is one JSON value.
    static func whole(_ path: String) throws(CommandFailure) -> JSONLine {
        try parse(Array(contents(path)), at: path)
    }

    private static func contents(_ path: String) throws(CommandFailure) -> Data {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: (path as NSString).resolvingSymlinksInPath)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
            throw failure(path, "is missing, or no regular file")
        }
        let byteCount = attributes[.size] as? Int ?? .max
        guard byteCount <= Limits.vectorFileBytes else {
            throw failure(path, "has more than \(Limits.vectorFileBytes) bytes")
        }
        do { return try Data(contentsOf: URL(filePath: path)) } catch {
            throw failure(path, "cannot be read: \(error.localizedDescription)")
        }
    }

    private static func parse(_ bytes: [UInt8], at place: String) throws(CommandFailure)
        -> JSONLine
    {
        do throws(JSONError) {
            return JSONLine(place: place, value: try JSON.parse(bytes))
        } catch {
            throw failure(place, "\(error)")
        }
    }

    private static func failure(_ place: String, _ problem: String) -> CommandFailure {
        CommandFailure(code: .failed, message: "\(place): \(problem)")
    }

    // Members

    /// Why a member cannot be used.
    func failure(_ member: String, expected: String) -> CommandFailure {
        Self.failure(place, "`\(member)` is not \(expected)")
    }

    func has(_ member: String) -> Bool { value[member].map { !$0.isNull } ?? false }

    func text(_ member: String) throws(CommandFailure) -> String {
        guard let text = value[member]?.stringValue else {
            throw failure(member, expected: "a text")
        }
        return text
    }

    func integer(_ member: String) throws(CommandFailure) -> Int {
        guard let number = value[member]?.intValue else {
            throw failure(member, expected: "a whole number")
        }
        return number
    }

    func number(_ member: String) throws(CommandFailure) -> Double {
        guard let number = value[member]?.doubleValue else {
            throw failure(member, expected: "a number")
        }
        return number
    }

    /// As many numbers as `count`, where one is given.
    func numbers(_ member: String, count: Int? = nil) throws(CommandFailure) -> [Double] {
        let numbers = value[member]?.arrayValue?.map(\.doubleValue)
        guard let numbers, !numbers.contains(nil), numbers.count == count ?? numbers.count else {
            throw failure(
                member, expected: count.map { "a list of \($0) numbers" } ?? "a list of numbers")
        }
        return numbers.compactMap(\.self)
    }

    /// Token numbers, at least one unless `allowsNone`.
    func tokens(_ member: String, allowsNone: Bool = false) throws(CommandFailure) -> [Int32] {
        let tokens = value[member]?.arrayValue?.map { $0.intValue.flatMap(Int32.init(exactly:)) }
        guard let tokens, !tokens.contains(nil), allowsNone || !tokens.isEmpty else {
            throw failure(member, expected: "a list of token numbers")
        }
        return tokens.compactMap(\.self)
    }

    /// Pairs of a token and its log probability.
    func choices(_ member: String) throws(CommandFailure) -> [NextTokenVector.Choice] {
        let choices = value[member]?.arrayValue?.map { pair -> NextTokenVector.Choice? in
            guard let pair = pair.arrayValue, pair.count == 2,
                let token = pair[0].intValue.flatMap(Int32.init(exactly:)),
                let logProbability = pair[1].doubleValue
            else { return nil }
            return NextTokenVector.Choice(token: token, logProbability: logProbability)
        }
        guard let choices, !choices.contains(where: { $0 == nil }) else {
            throw failure(member, expected: "a list of pairs of token and log probability")
        }
        return choices.compactMap(\.self)
    }
}
