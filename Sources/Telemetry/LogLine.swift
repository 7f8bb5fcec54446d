import Foundation

/// One event of the log and its renderings.
struct LogLine {
    let at: Date
    let level: Log.Level
    let message: String
    let fields: [(name: String, value: String)]

    init(at: Date, level: Log.Level, message: String, fields: Log.Fields) {
        (self.at, self.level, self.message) = (at, level, message)
        self.fields = fields.compactMap { name, value in value.map { (name, $0) } }
    }

    private var timestamp: String { at.formatted(.iso8601) }

    var text: String {
        var line = "\(timestamp) \(level.name) \(Self.oneLine(message))"
        for field in fields { line += " \(field.name)=\(Self.quoted(field.value))" }
        return line + "\n"
    }

    var json: String {
        let pairs =
            [("at", timestamp), ("level", level.name), ("message", message)]
            + fields.map { ($0.name, $0.value) }
        let members = pairs.map { "\(Self.jsonString($0.0)):\(Self.jsonString($0.1))" }
        return "{" + members.joined(separator: ",") + "}\n"
    }

    /// A value as it is where that is unambiguous, else as a JSON string.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0 != "=" }
        return isPlain ? value : jsonString(value)
    }

    /// Text from outside must not be able to forge a second line.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    private static func jsonString(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20:
                result += "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
