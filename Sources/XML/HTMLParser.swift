import CXML

/// Reads HTML with libxml2, whatever state it is in, and never fails.
///
/// Only events are made, no tree. Elements are ended where libxml2 knows that they must be; what
/// else an end tag ends is the visitor's business.
package enum HTMLParser {
    /// Walks over the text from its beginning until its end or until the visitor is done.
    package static func parse<Visitor: HTMLVisitor>(_ html: String, _ visitor: inout Visitor) {
        // Within a body, libxml2 does not take text for the beginning of a paragraph.
        let bytes = HTMLGuard.guarded(html, behind: "<html><body>")
        guard !QuickHTMLReader.read(bytes, &visitor) else { return }
        parse(guarded: bytes, &visitor)
    }

    /// By libxml2.
    package static func parse<Visitor: HTMLVisitor>(
        guarded bytes: [UInt8], _ visitor: inout Visitor
    ) {
        xmlInitParser()
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress,
                let count = CInt(exactly: bytes.count),
                let context = htmlCreateMemoryParserCtxt(base, count)
            else { return }
            defer { htmlFreeParserCtxt(context) }
            configure(context)
            var events = HTMLEvents(context: context, visitor: visitor)
            withUnsafeMutablePointer(to: &events) { events in
                context.pointee.userData = UnsafeMutableRawPointer(events)
                _ = htmlParseDocument(context)
            }
            if let result = events.visitor as? Visitor { visitor = result }
        }
    }

    private static func configure(_ context: htmlParserCtxtPtr) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
            | HTML_PARSE_NOIMPLIED.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
        htmlCtxtUseOptions(context, CInt(bitPattern: options))
        // A String is UTF-8, whatever the text in it says of itself.
        xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        context.pointee.encoding = UnsafePointer(xmlCharStrdup("UTF-8"))
        var handler = xmlSAXHandler()
        handler.startElement = { HTMLEvents.start($0, $1, $2) }
        handler.endElement = { HTMLEvents.end($0, $1) }
        handler.characters = { HTMLEvents.text($0, $1, $2) }
        handler.ignorableWhitespace = { HTMLEvents.text($0, $1, $2) }
        // Scripts and styles are no text.
        handler.cdataBlock = { _, _, _ in }
        context.pointee.sax.pointee = handler
    }
}
