package import JSON
package import XML

/// Why an answer could not be read as OData.
package enum ODataError: Error, Equatable {
    /// Something else, whatever the status said: a logon form, a maintenance page, nothing.
    case notOData(String)
    /// An error of the service, with a status that promised data.
    case refused(ODataFailure)
    case json(JSONError)
    case xml(XMLError)
    /// Well-formed, and yet not what OData has at that place.
    case malformed(String)
    /// A record, counted from 0, says nowhere which one it is.
    case noKey(index: Int)
    /// A link that is no URL; the reason never quotes it.
    case badLink(String)
}

extension ODataError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notOData(let what):
            "not OData but \(what); check the credentials, the client and whether the service is up"
        case .refused(let failure): "the service reports an error: \(failure)"
        case .json(let error): error.description
        case .xml(let error): error.description
        case .malformed(let reason): "not as OData has it: \(reason)"
        case .noKey(let index):
            "record \(index) has no address and not all key properties; select the keys"
        case .badLink(let reason): "a link that is no URL: \(reason)"
        }
    }
}
