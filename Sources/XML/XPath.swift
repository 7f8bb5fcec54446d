import CXML

/// One XPath expression and a tree to ask.
///
/// Source: XPath 1.0.
struct XPath: ~Copyable {
    private let context: xmlXPathContextPtr
    private let failure: UnsafeMutablePointer<String?>
    private let namespaces: [String: String]

    /// - Parameter namespaces: Prefixes the expression uses, to URIs.
    init(_ tree: xmlDocPtr, namespaces: [String: String]) throws(XMLError) {
        xmlInitParser()
        guard let context = xmlXPathNewContext(tree) else { throw XMLError(.outOfMemory) }
        (self.context, self.namespaces) = (context, namespaces)
        failure = .allocate(capacity: 1)
        failure.initialize(to: nil)
        context.pointee.opLimit = Limits.xpathOperationsMax
        context.pointee.userData = UnsafeMutableRawPointer(failure)
        context.pointee.error = { data, error in
            guard let slot = data?.assumingMemoryBound(to: String?.self), slot.pointee == nil
            else { return }
            let message = error?.pointee.message.map { String(cString: $0) } ?? ""
            slot.pointee = String(
                message.split(separator: "\n").first?.prefix(Limits.messageCharactersMax) ?? "")
        }
        for (prefix, uri) in namespaces { xmlXPathRegisterNs(context, prefix, uri) }
    }

    deinit {
        xmlXPathFreeContext(context)
        failure.deinitialize(count: 1)
        failure.deallocate()
    }

    /// Evaluates at the root and lends the result.
    func evaluate<Value>(
        _ expression: String, _ body: (xmlXPathObjectPtr) throws(XMLError) -> Value
    ) throws(XMLError) -> Value {
        guard expression.utf8.count <= Limits.xpathByteCountMax else {
            throw XMLError(.xpath("longer than \(Limits.xpathByteCountMax) bytes"))
        }
        if let problem = XPathNames(expression).problem(namespaces) {
            throw XMLError(.xpath(problem))
        }
        guard let compiled = xmlXPathCtxtCompile(context, expression) else { throw problem }
        defer { xmlXPathFreeCompExpr(compiled) }
        guard let result = xmlXPathCompiledEval(compiled, context) else { throw problem }
        defer { xmlXPathFreeObject(result) }
        return try body(result)
    }

    private var problem: XMLError { XMLError(.xpath(failure.pointee ?? "cannot be evaluated")) }
}
