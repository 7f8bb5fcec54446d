import Connectors
import JSON
import Testing

/// What the tests of OData share: a service, and answers of it.
enum OData {
    static let service = "https://erp.example:8443/base/odata/API_SALES_ORDER_SRV;v=2"
    static let set = ODataSchema.EntitySet(
        name: "A_SalesOrder", keys: [ODataSchema.Key(name: "SalesOrder", type: "Edm.String")])
    static let itemSet = ODataSchema.EntitySet(
        name: "Item",
        keys: [
            ODataSchema.Key(name: "Order", type: "Edm.String"),
            ODataSchema.Key(name: "Position", type: "Edm.Int32"),
        ])

    static func answer(
        _ body: String, type: String? = "application/json", set: ODataSchema.EntitySet? = nil,
        request: String = service + "/A_SalesOrder?$top=2"
    ) throws(ODataError) -> ODataAnswer {
        try ODataAnswer.decode(
            body: Array(body.utf8), contentType: type, requestURL: request, serviceURL: service,
            set: set)
    }

    static func failure(_ body: String, type: String? = "application/json") -> ODataError? {
        do throws(ODataError) {
            _ = try answer(body, type: type)
            return nil
        } catch {
            return error
        }
    }

    static func json(_ text: String) throws -> JSON { try JSON.parse(text) }

    static func feed(_ content: String, base: String? = nil) -> String {
        let vendor = "http://schemas.microsoft.com/ado/2007/08/dataservices"
        let base = base.map { " xml:base='\($0)'" } ?? ""
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="\(vendor)/metadata"
              xmlns:d="\(vendor)"\(base)><title/><author/>\(content)</feed>
            """
    }
}
