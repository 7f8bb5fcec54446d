package import JSON
import XML

/// One answer of an OData service: records, and where to go on.
///
/// Source: OData 2.0 JSON and Atom formats; OData JSON Format 4.0 and 4.01 (OASIS); RFC 4287;
/// RFC 6721 for deleted entries.
package struct ODataAnswer: Sendable, Equatable {
    /// In the order of the answer, before-images left out.
    package var records: [ODataRecord] = []
    /// Absolute address of the next page, otherwise as the service wrote it.
    package var next: String?
    /// Absolute address of later changes.
    package var delta: String?

    /// Reads a body by what it is, not by what it should be.
    ///
    /// - Parameters:
    ///   - body: All of it.
    ///   - contentType: The header; only used where the body leaves doubt.
    ///   - requestURL: What was asked, for relative links.
    ///   - serviceURL: The service's root, for keys and relative links.
    ///   - set: The set asked for; needed for records without an address of their own.
    ///   - needsKeys: Whether a record without address and key properties is refused; parts of
    ///     other records need none.
    ///   - limits: Of a JSON body.
    /// - Returns: Its records and links.
    /// - Throws: ``ODataError/notOData(_:)`` also for a logon form with status 200.
    package static func decode(
        body: [UInt8], contentType: String?, requestURL: String, serviceURL: String,
        set: ODataSchema.EntitySet? = nil, needsKeys: Bool = true,
        limits: JSONLimits = JSONLimits()
    ) throws(ODataError) -> ODataAnswer {
        let place = ODataPlace(
            requestURL: requestURL, serviceURL: serviceURL, needsKeys: needsKeys)
        switch ODataBody(body, contentType: contentType) {
        case .json:
            let json: JSON
            do { json = try JSON.parse(body, limits: limits) } catch { throw .json(error) }
            return try ODataJSONDecoder(place, set).answer(json)
        case .xml:
            let root: XMLElement?
            do { root = try XMLDocument(parsing: body).root } catch { throw .xml(error) }
            guard let root else { throw .notOData("an empty document") }
            return try ODataAtomDecoder(place, set).answer(root)
        case .other(let what): throw .notOData(what)
        }
    }
}
