import CXML

/// One XPath expression and a tree to ask.
///
/// Source: XPath 1.0.
struct XPath: ~Copyable {
    private let context: xmlXPathContextPtr
    private let failure: UnsafeMutablePointer<String?>
    private let namespaces: [String: String]

    /// The namespaces are prefixes the expression uses, to URIs.
    init(_ tree: xmlDocPtr, namespaces: [String: String]) throws(XMLError) {
        xmlInitParser()
        guard let context = xmlXPathNewContext(tree) else { throw XMLError(.outOfMemory) }
        (self.context, self.namespaces) = (context, namespaces)
        failure = .allocate(capacity: 1)
        failure.initialize(to: nil)
        context.pointee.node = xmlDocGetRootElement(tree)
        context.pointee.opLimit = Limits.xpathOperationsMax
        context.pointee.userData = UnsafeMutableRawPointer(failure)
        context.pointee.error = { data, error in
            guard let slot = data?.assumingMemoryBound(to: String?.self), slot.pointee == nil
            else { return }
            slot.pointee = error.map { XPath.message($0.pointee) }
        }
        for (prefix, uri) in namespaces { xmlXPathRegisterNs(context, prefix, uri) }
    }

    deinit {
        xmlXPathFreeContext(context)
        failure.deinitialize(count: 1)
        failure.deallocate()
    }

    /// Evaluates at the root element and lends the result.
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

    /// libxml2 gives the kind and the place, and no words.
    private static func message(_ error: xmlError) -> String {
        let kind = CInt(error.code) - CInt(XML_XPATH_EXPRESSION_OK.rawValue)
        let place = "at character \(max(0, error.int1) &+ 1)"
        return switch kind {
        case CInt(XPATH_OP_LIMIT_EXCEEDED.rawValue): "takes too many steps; make it narrower"
        case CInt(XPATH_RECURSION_LIMIT_EXCEEDED.rawValue): "too many brackets within each other"
        case CInt(XPATH_UNDEF_VARIABLE_ERROR.rawValue), CInt(XPATH_VARIABLE_REF_ERROR.rawValue):
            "has a variable, \(place)"
        case CInt(XPATH_INVALID_ARITY.rawValue): "a function has too few or too many arguments"
        case CInt(XPATH_INVALID_TYPE.rawValue): "a function is given a value it does not take"
        case CInt(XPATH_MEMORY_ERROR.rawValue): "out of memory"
        case CInt(XPATH_UNFINISHED_LITERAL_ERROR.rawValue): "a quote does not end, \(place)"
        default: "is no expression, \(place)"
        }
    }
}
