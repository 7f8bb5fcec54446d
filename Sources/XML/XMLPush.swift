import CXML

/// libxml2's parser, given a document part by part.
///
/// It makes a tree, or hands elements to a builder. Nothing is fetched and no entity is declared:
/// the guard before it lets no DOCTYPE pass.
struct XMLPush: ~Copyable {
    private let context: xmlParserCtxtPtr
    private let state: UnsafeMutablePointer<State>
    private let limits: XMLLimits

    struct State {
        /// The first error is the cause of all others.
        var failure: XMLError?
        var builder: XMLBuilder?
    }

    /// The builder takes the elements; without one, a tree is made.
    init(_ limits: XMLLimits, builder: XMLBuilder? = nil) throws(XMLError) {
        xmlInitParser()
        guard let context = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil) else {
            throw XMLError(.outOfMemory)
        }
        (self.context, self.limits) = (context, limits)
        state = .allocate(capacity: 1)
        state.initialize(to: State(builder: builder))
        context.pointee._private = UnsafeMutableRawPointer(state)
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_IGNORE_ENC.rawValue
            | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        xmlCtxtUseOptions(context, CInt(bitPattern: options))
        // The feed has made UTF-8 of it, whatever the text says of itself.
        xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        context.pointee.sax.pointee.serror = { XMLPush.note($0, $1) }
        context.pointee.sax.pointee.comment = nil
        context.pointee.sax.pointee.processingInstruction = nil
        if builder != nil { handOn() }
    }

    deinit {
        if let tree = context.pointee.myDoc { xmlFreeDoc(tree) }
        xmlFreeParserCtxt(context)
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Takes whole tags and the text between them; nil ends the document.
    mutating func take(_ part: [UInt8]?) throws(XMLError) {
        let isEnd: CInt = part == nil ? 1 : 0
        let code = (part ?? []).withUnsafeBytes { bytes in
            xmlParseChunk(
                context, bytes.bindMemory(to: CChar.self).baseAddress,
                CInt(clamping: bytes.count), isEnd)
        }
        if let failure = state.pointee.failure { throw failure }
        guard code == 0, context.pointee.wellFormed != 0 else {
            throw XMLError(.malformed("not well-formed"), line: line)
        }
        if xmlDictSize(context.pointee.dict) > limits.nameCountMax {
            throw XMLError(.tooManyNames(nameCountMax: limits.nameCountMax), line: line)
        }
    }

    /// The elements that are complete.
    mutating func elements() -> [XMLElement] {
        let elements = state.pointee.builder?.complete ?? []
        state.pointee.builder?.complete = []
        return elements
    }

    /// The tree, which is the caller's from now on.
    mutating func takeTree() -> xmlDocPtr? {
        let tree = context.pointee.myDoc
        context.pointee.myDoc = nil
        return tree
    }

    private var line: Int? { context.pointee.input.map { Int($0.pointee.line) } }

    private func handOn() {
        let handler = context.pointee.sax
        handler?.pointee.startElementNs = { data, name, _, uri, _, _, count, _, attributes in
            guard let name else { return }
            XMLPush.state(data)?.pointee.builder?.start(name, uri, attributes, Int(count))
        }
        handler?.pointee.endElementNs = { data, _, _, _ in
            XMLPush.state(data)?.pointee.builder?.end()
        }
        let text: charactersSAXFunc = { data, bytes, count in
            let bytes = UnsafeBufferPointer(start: bytes, count: Int(count))
            XMLPush.state(data)?.pointee.builder?.text(bytes)
        }
        handler?.pointee.characters = text
        handler?.pointee.ignorableWhitespace = text
        handler?.pointee.cdataBlock = text
        handler?.pointee.reference = nil
    }

    private static func state(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<State>? {
        data?.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private?
            .assumingMemoryBound(to: State.self)
    }

    private static func note(_ data: UnsafeMutableRawPointer?, _ error: xmlErrorPtr?) {
        guard let state = state(data), let error, state.pointee.failure == nil,
            error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
        else { return }
        let message = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
        let first = message.split(separator: "\n").first.map(String.init) ?? message
        state.pointee.failure = XMLError(
            problem(CUnsignedInt(bitPattern: error.pointee.code), first),
            line: Int(error.pointee.line))
    }

    private static func problem(_ code: CUnsignedInt, _ message: String) -> XMLError.Problem {
        switch code {
        case _ where message.hasPrefix("Input is not proper UTF-8"),
            XML_ERR_INVALID_ENCODING.rawValue:
            .encoding("holds bytes that are not UTF-8, as which it is declared")
        case XML_ERR_DOCUMENT_END.rawValue, XML_ERR_DOCUMENT_EMPTY.rawValue,
            XML_ERR_TAG_NOT_FINISHED.rawValue:
            .ended
        case XML_ERR_NO_MEMORY.rawValue: .outOfMemory
        default: .malformed(String(message.prefix(Limits.messageCharactersMax)))
        }
    }
}
