extension Form where Value == String {
    /// Any text that is not empty.
    package static var text: Form { text(named: "text") }

    /// Text with a name of its own in references, such as `glob`.
    package static func text(named name: String, pattern: String? = nil) -> Form {
        Form(.text(name: name, pattern: pattern)) { node, reader in
            guard !node.scalar.isEmpty else {
                reader.error(at: node.location, "expected \(name), found an empty text")
                return nil
            }
            return node.scalar
        }
    }

    /// A path, absolute or relative to the file's folder; whether it exists is not asked.
    package static var path: Form {
        Form(.path) { node, reader in
            guard !node.scalar.isEmpty, !node.scalar.contains("\0") else {
                reader.error(at: node.location, "\(quoted(node.scalar)) is no path")
                return nil
            }
            return absolute(node.scalar, from: reader.source.path)
        }
    }

    /// A URL with one of some schemes, a host, and no user or password in it.
    package static func url(_ schemes: [String] = ["https", "http"]) -> Form {
        Form(.url(schemes: schemes)) { node, reader in
            let text = node.scalar
            let list = schemes.map { "`\($0)://`" }.joined(separator: " or ")
            guard let address = Address(text) else {
                reader.error(
                    at: node.location, "\(quoted(text)) is no URL; expected \(list) and a host")
                return nil
            }
            guard schemes.contains(address.scheme) else {
                reader.error(
                    at: node.location,
                    "\(quoted(address.scheme)) is not supported here; use \(list)")
                return nil
            }
            // The text is not quoted: it holds a password.
            guard !address.hasUser else {
                reader.error(
                    at: node.location, "a URL must not contain a user or password", mask: .place)
                return nil
            }
            return text
        }
    }

    /// One of some words.
    package static func one(of words: [String]) -> Form {
        Form(.enumeration(words)) { node, reader in
            if words.contains(node.scalar) { return node.scalar }
            let list = words.map { "`\($0)`" }.joined(separator: ", ")
            let near = reader.suggestion(for: node.scalar, among: words)
            reader.error(
                at: node.location,
                near.map { "\(quoted(node.scalar)) is not known here; did you mean `\($0)`?" }
                    ?? "\(quoted(node.scalar)) is not known here; use one of \(list)")
            return nil
        }
    }
}

extension Form where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of an enumeration's raw values.
    package static func cases(_: Value.Type = Value.self) -> Form {
        let words = Value.allCases.map(\.rawValue)
        return Form(.enumeration(words)) { node, reader in
            Form<String>.one(of: words).decode(node, &reader).flatMap { Value(rawValue: $0) }
        }
    }
}

extension Form where Value == Bool {
    package static var boolean: Form {
        Form(.boolean) { node, _ in
            if case .boolean(let value) = node.value { value } else { nil }
        }
    }
}

extension Form where Value == Int {
    package static func integer(_ range: ClosedRange<Int>) -> Form {
        Form(.integer(range)) { node, reader in
            guard case .integer(let value) = node.value, range.contains(value) else {
                reader.error(
                    at: node.location,
                    "\(quoted(node.scalar)) is out of range; expected "
                        + "\(range.lowerBound) to \(range.upperBound)")
                return nil
            }
            return value
        }
    }

    /// `512B`, `10kB`, `50MB`, `2GB`, `64MiB`; in bytes.
    package static func byteSize(_ range: ClosedRange<Int>) -> Form {
        Form(.byteSize(range)) { node, reader in
            let value = reader.parse(node, Units.bytes)
            return reader.check(value, in: range, at: node, Units.text(ofBytes:))
        }
    }
}

extension Form where Value == Double {
    package static func number(_ range: ClosedRange<Double>) -> Form {
        Form(.number(range)) { node, reader in
            var number: Double?
            if case .integer(let value) = node.value { number = Double(value) }
            if case .number(let value) = node.value { number = value }
            return reader.check(number, in: range, at: node, Units.text(ofNumber:))
        }
    }

    /// `20%`, as the fraction 0.2.
    package static var percentage: Form {
        Form(.percentage) { node, reader in reader.parse(node, Units.fraction) }
    }
}

extension Form where Value == Duration {
    /// `250ms`, `30s`, `5m`, `1h`, `2d`.
    package static func duration(_ range: ClosedRange<Duration>) -> Form {
        Form(.duration(range)) { node, reader in
            let value = reader.parse(node, Units.duration)
            return reader.check(value, in: range, at: node, Units.text(of:))
        }
    }
}

extension Form where Value == Day {
    package static var day: Form {
        Form(.day) { node, reader in
            if let day = Day(node.scalar) { return day }
            reader.error(
                at: node.location, "\(quoted(node.scalar)) is no date such as `2025-01-31`")
            return nil
        }
    }
}

extension Form where Value == Secret {
    /// A reference and nothing else: a literal is an error.
    package static var secret: Form {
        Form(.secret) { node, reader in
            let isReference = node.scalar.hasPrefix("${") && node.scalar.hasSuffix("}")
            if isReference, let parts = reader.parts(of: node) {
                if parts.count == 1 { return Secret(parts, at: node.location) }
            } else if isReference {
                return nil
            }
            reader.error(
                at: node.location, "a secret must not stand in this file",
                help: "write `${credential:NAME}`, `${file:PATH}` or `${env:NAME}` instead",
                mask: .place)
            return nil
        }
    }

    /// Text that may contain references, such as a URL with a password in it.
    package static var secretText: Form {
        Form(.secretText) { node, reader in
            guard let parts = reader.parts(of: node) else { return nil }
            guard !parts.isEmpty else {
                reader.error(at: node.location, "expected text, found an empty text")
                return nil
            }
            return Secret(parts, at: node.location)
        }
    }
}

extension Form where Value == Node {
    /// Whatever stands there, for a decoder that comes later.
    package static var any: Form { Form(.any) { node, _ in node } }
}

extension Reader {
    fileprivate mutating func parse<Value>(
        _ node: Node, _ parse: (String) throws(Units.Problem) -> Value
    ) -> Value? {
        do {
            return try parse(node.scalar)
        } catch {
            self.error(at: node.location, error.message)
            return nil
        }
    }

    fileprivate mutating func check<Value: Comparable>(
        _ value: Value?, in range: ClosedRange<Value>, at node: Node, _ text: (Value) -> String
    ) -> Value? {
        guard let value else { return nil }
        if range.contains(value) { return value }
        error(
            at: node.location,
            "\(quoted(node.scalar)) is out of range; expected "
                + "\(text(range.lowerBound)) to \(text(range.upperBound))")
        return nil
    }
}
