import CYAML

/// Builds the node tree from libyaml's events, without recursion.
struct TreeBuilder {
    /// A problem after which the rest makes no sense.
    struct Failure: Error {
        let location: Location
        let message: String

        init(_ location: Location, _ message: String) {
            (self.location, self.message) = (location, message)
        }
    }

    private(set) var root: Node?
    private let path: String
    private var stack: [Frame] = []
    private var nodeCount = 0
    private var documentCount = 0

    init(path: String) { self.path = path }

    mutating func take(_ event: yaml_event_t, _ reader: inout Reader) throws(Failure) {
        let location = location(of: event)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documentCount += 1
            guard documentCount == 1 else {
                throw Failure(location, "a second document starts here; a file holds one")
            }
        case YAML_ALIAS_EVENT:
            reader.error(
                at: location, "aliases are not supported; repeat the value, or move it to a file")
            try add(Node(.invalid, at: location), &reader)
        case YAML_SCALAR_EVENT:
            refuseAnchor(event.data.scalar.anchor, at: location, &reader)
            try add(scalar(event.data.scalar, at: location, &reader), &reader)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            refuseAnchor(start.anchor, at: location, &reader)
            refuseTag(start.tag, at: location, &reader)
            try open(
                Frame(isMapping: false, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, location))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            refuseAnchor(start.anchor, at: location, &reader)
            refuseTag(start.tag, at: location, &reader)
            try open(
                Frame(isMapping: true, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, location))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            if let frame = stack.popLast() { try add(frame.node(endingAt: location), &reader) }
        default: break
        }
    }

    private mutating func open(_ frame: Frame) throws(Failure) {
        guard stack.count < Limits.depth else {
            throw Failure(frame.location, "more than \(Limits.depth) levels inside one another")
        }
        if let top = stack.last, top.isMapping, top.key == nil {
            throw Failure(frame.location, "a key must be text, not a list or section")
        }
        stack.append(frame)
    }

    private mutating func add(_ node: Node, _ reader: inout Reader) throws(Failure) {
        let isKey = stack.last.map { $0.isMapping && $0.key == nil } ?? false
        nodeCount += isKey ? 0 : 1
        guard nodeCount <= Limits.nodes else {
            throw Failure(node.location, "more than \(Limits.nodes) values in one file")
        }
        guard let top = stack.indices.last else {
            root = node
            return
        }
        guard stack[top].isMapping else {
            stack[top].items.append(node)
            return
        }
        if let key = stack[top].key {
            stack[top].key = nil
            guard key.isKept else { return }
            stack[top].entries.append(
                Node.Entry(key: key.name, keyLocation: key.location, value: node))
        } else {
            stack[top].key = key(node, in: top, &reader)
        }
    }

    private mutating func key(_ node: Node, in top: Int, _ reader: inout Reader) -> Frame.Key {
        let name = node.scalar
        func refuse(_ message: String) -> Frame.Key {
            reader.error(at: node.location, message)
            return Frame.Key(name: name, location: node.location, isKept: false)
        }
        if case .invalid = node.value {
            return Frame.Key(name: name, location: node.location, isKept: false)
        }
        if node.isPlain && name == "<<" { return refuse("merge keys are not supported") }
        if name.isEmpty { return refuse("a key is missing before `:`") }
        if let first = stack[top].keyLines.updateValue(node.location.line, forKey: name) {
            stack[top].keyLines[name] = first
            return refuse("duplicate key \(quoted(name)); it stands in line \(first) already")
        }
        return Frame.Key(name: name, location: node.location, isKept: true)
    }

    private func scalar(
        _ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, at location: Location,
        _ reader: inout Reader
    ) -> Node {
        let text = String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        if let tag = scalar.tag {
            if String(cString: tag) == "tag:yaml.org,2002:str" || String(cString: tag) == "!" {
                return Node(.text(text), at: location, scalar: text)
            }
            refuseTag(tag, at: location, &reader)
            return Node(.invalid, at: location, scalar: text)
        }
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        let value = isPlain ? CoreSchema.value(of: text) : .text(text)
        return Node(value, at: location, scalar: text, isPlain: isPlain)
    }

    private func refuseAnchor(
        _ anchor: UnsafeMutablePointer<yaml_char_t>?, at location: Location, _ reader: inout Reader
    ) {
        guard let anchor else { return }
        let name = quoted("&" + String(cString: anchor))
        reader.error(at: location, "anchors such as \(name) are not supported")
    }

    private func refuseTag(
        _ tag: UnsafeMutablePointer<yaml_char_t>?, at location: Location, _ reader: inout Reader
    ) {
        guard let tag else { return }
        let name = quoted(
            String(cString: tag).replacing("tag:yaml.org,2002:", with: "!!", maxReplacements: 1))
        reader.error(at: location, "tags such as \(name) are not supported; leave it out")
    }

    private func location(of event: yaml_event_t) -> Location {
        let (start, end) = (event.start_mark, event.end_mark)
        let column = start.column &+ 1
        let isOneLine = end.line == start.line && end.column > start.column
        return Location(
            path: path, line: Int(clamping: start.line &+ 1), column: Int(clamping: column),
            endColumn: Int(clamping: isOneLine ? end.column &+ 1 : column &+ 1))
    }
}

/// A list or mapping that has not ended yet.
private struct Frame {
    struct Key {
        let name: String
        let location: Location
        let isKept: Bool
    }

    let isMapping: Bool
    let isFlow: Bool
    let location: Location
    var items: [Node] = []
    var entries: [Node.Entry] = []
    /// The key that waits for its value.
    var key: Key?
    /// Where each key first stood.
    var keyLines: [String: Int] = [:]

    init(isMapping: Bool, isFlow: Bool, _ location: Location) {
        (self.isMapping, self.isFlow, self.location) = (isMapping, isFlow, location)
    }

    func node(endingAt end: Location) -> Node {
        let value: Node.Value = isMapping ? .mapping(entries) : .list(items)
        if isFlow {
            let endColumn = end.line == location.line ? end.endColumn : location.endColumn
            return Node(
                value,
                at: Location(
                    path: location.path, line: location.line, column: location.column,
                    endColumn: endColumn))
        }
        return Node(value, at: entries.first?.keyLocation ?? location)
    }
}
