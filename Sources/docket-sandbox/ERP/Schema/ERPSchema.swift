/// A type of the Entity Data Model, as far as the sandbox has properties of it.
enum EdmType: String, Sendable {
    case string = "String"
    case decimal = "Decimal"
    case int32 = "Int32"
    case boolean = "Boolean"
    case dateTime = "DateTime"
    case dateTimeOffset = "DateTimeOffset"
    case time = "Time"
    case guid = "Guid"

    /// What version 4 calls it.
    var nameInV4: String {
        switch self {
        case .dateTime: "Date"
        case .time: "TimeOfDay"
        default: rawValue
        }
    }
}

struct ERPProperty: Sendable {
    let name: String
    let type: EdmType
    /// Characters of a text, digits of a decimal; nil: unbounded.
    var length: Int?
    var scale: Int?
    var isKey = false
    let label: String
    /// Attributes of SAP's own namespace beside the label.
    var annotations: [(name: String, value: String)] = []

    static func key(_ name: String, _ length: Int, _ label: String) -> ERPProperty {
        ERPProperty(
            name: name, type: .string, length: length, isKey: true, label: label,
            annotations: [("display-format", "UpperCase"), ("updatable", "false")])
    }

    static func text(_ name: String, _ length: Int?, _ label: String) -> ERPProperty {
        ERPProperty(name: name, type: .string, length: length, label: label)
    }

    static func decimal(
        _ name: String, _ precision: Int, _ scale: Int, _ label: String, unit: String
    ) -> ERPProperty {
        ERPProperty(
            name: name, type: .decimal, length: precision, scale: scale, label: label,
            annotations: [("unit", unit)])
    }

    static func date(_ name: String, _ label: String) -> ERPProperty {
        ERPProperty(
            name: name, type: .dateTime, label: label,
            annotations: [("display-format", "Date")])
    }

    static func stamp(_ name: String, _ label: String) -> ERPProperty {
        ERPProperty(name: name, type: .dateTimeOffset, label: label)
    }

    static func time(_ name: String, _ label: String) -> ERPProperty {
        ERPProperty(name: name, type: .time, label: label)
    }

    static func flag(_ name: String, _ label: String) -> ERPProperty {
        ERPProperty(name: name, type: .boolean, label: label)
    }

    static func number(_ name: String, _ label: String) -> ERPProperty {
        ERPProperty(name: name, type: .int32, label: label)
    }
}

/// A way from an entity to others of the same service.
///
/// All ways of the sandbox lead over the first key property, so one index serves them.
struct ERPNavigation: Sendable {
    let name: String
    /// The set it leads to.
    let target: String
    let isToMany: Bool
}

/// One collection of a service: what it is called there, and which table it shows.
struct ERPEntitySet: Sendable {
    let name: String
    let typeName: String
    let table: ERPTableName
    var navigations: [ERPNavigation] = []
    var isMedia = false
    /// Refused without a `$filter`, as the real one is.
    var requiresFilter = false
    /// Where the set is no plain table: its own properties.
    var view: [ERPProperty]?

    func navigation(_ name: String) -> ERPNavigation? { navigations.first { $0.name == name } }

    /// What is written of its entities; the extraction has its own view of the table.
    var properties: [ERPProperty] { view ?? table.properties }

    var keyNames: [String] { properties.filter(\.isKey).map(\.name) }
}

struct ERPService: Sendable {
    enum Version: Sendable {
        case v2
        /// With the group of its path.
        case v4(group: String)
        /// The extraction of a queue of changes, in version 2.
        case extraction
        /// The list of services.
        case catalog
    }

    /// As the path has it.
    let name: String
    /// The namespace of its types; need not be the service's name.
    let namespace: String
    let version: Version
    let title: String
    let sets: [ERPEntitySet]

    func set(_ name: String) -> ERPEntitySet? { sets.first { $0.name == name } }

    var isV4: Bool { if case .v4 = version { true } else { false } }

    /// Path from the host, with a slash at its end.
    var root: String {
        switch version {
        case .v2, .extraction: "/sap/opu/odata/sap/\(name)/"
        case .v4(let group): "/sap/opu/odata4/sap/\(group)/srvd_a2x/sap/\(name)/0001/"
        case .catalog: "/sap/opu/odata/IWFND/\(name);v=2/"
        }
    }
}
