import Foundation
import JSON

/// What a test or a rehearsal asks of the file port.
enum IDocOrder {
    case state
    case create(IDocKind, count: Int, perFile: Int, encoding: IDocFile.Encoding)
    case resend(docnum: String)
    case rewrite(file: String)
    case remove(file: String)
    case writeHalf(IDocKind)
    /// Nil: all that are half-written.
    case complete(file: String?)

    /// - Throws: ``ControlError`` for an order that is not understood.
    init(_ method: String, _ path: [String], _ body: JSON) throws(ControlError) {
        switch (method, path.first ?? "", path.count) {
        case ("GET", "state", 1): self = .state
        case ("POST", "documents", 1):
            let fields = try ControlFields(body, known: ["type", "count", "per_file", "encoding"])
            let name = try fields.text("encoding") ?? "utf-8"
            guard let encoding = IDocFile.Encoding(rawValue: name.lowercased()) else {
                throw ControlError("encoding is not utf-8, iso-8859-1 or utf-16")
            }
            self = .create(
                try Self.kind(fields),
                count: try fields.number("count", in: 1...IDocLimits.createdMax) ?? 1,
                perFile: try fields.number("per_file", in: 1...IDocLimits.perFileMax) ?? 1,
                encoding: encoding)
        case ("POST", "resend", 1):
            let fields = try ControlFields(body, known: ["docnum"])
            self = .resend(docnum: try fields.required("docnum"))
        case ("POST", "half-write", 1):
            self = .writeHalf(try Self.kind(ControlFields(body, known: ["type"])))
        case ("POST", "complete", 1):
            self = .complete(file: try ControlFields(body, known: ["file"]).text("file"))
        case ("POST", "rewrite", 1):
            self = .rewrite(file: try ControlFields(body, known: ["file"]).required("file"))
        case ("DELETE", "files", 2): self = .remove(file: path[1])
        default:
            throw ControlError(
                "no \(method) /sandbox/idocs/\(path.joined(separator: "/"))", status: 404)
        }
    }

    private static func kind(_ fields: ControlFields) throws(ControlError) -> IDocKind {
        let name = try fields.text("type") ?? IDocKind.order.rawValue
        guard let kind = IDocKind(rawValue: name) else {
            let known = IDocKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("type is not one of \(known)")
        }
        return kind
    }
}

extension IDocPort {
    /// - Returns: The files it was about, or the state.
    /// - Throws: ``Failure`` where the directory does not let it.
    mutating func obey(_ order: IDocOrder) throws(Failure) -> JSON {
        switch order {
        case .state: return state
        case .create(let kind, let count, let perFile, let encoding):
            return Self.names(
                try create(kind, count: count, perFile: perFile, encoding: encoding))
        case .resend(let docnum):
            let arrival = arrivals.first { $0.document.docnum == docnum }
            guard let arrival else { throw Failure(description: "no document \(docnum)") }
            return Self.names([try resend(arrival.document)])
        case .rewrite(let file):
            try rewrite(file)
            return Self.names([file])
        case .remove(let file):
            try remove(file)
            return Self.names([file])
        case .writeHalf(let kind): return Self.names([try writeHalf(kind)])
        case .complete(let file):
            let files = file.map { [$0] } ?? halves.sorted()
            for file in files { try complete(file) }
            return Self.names(files)
        }
    }

    private static func names(_ files: [String]) -> JSON {
        ["files": .array(files.map { .string($0) })]
    }

    private var state: JSON {
        let described = files.values.sorted { $0.name < $1.name }.map { file -> JSON in
            [
                "name": .string(file.name), "encoding": .string(file.encoding.rawValue),
                "half": .bool(halves.contains(file.name)),
                "docnums": .array(file.documents.map { .string($0.docnum) }),
            ]
        }
        return [
            "directory": .string(directory.path), "files": .array(described),
            "documents": JSON(arrivals.count),
        ]
    }
}
