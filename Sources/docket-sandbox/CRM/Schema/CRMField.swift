/// A field of an object, as describe tells of it.
struct CRMField: Sendable {
    /// The vendor's names of field types; those of `soapType` are not kept.
    enum Kind: String, Sendable {
        case id, string, textarea, reference, boolean, int, double, currency, date, datetime
        case picklist, multipicklist, email, phone, url, base64, address
    }

    /// Where a record keeps the value.
    enum Source: Sendable, Equatable {
        case id, isDeleted, createdAt, createdBy, modifiedAt, modifiedBy, stamp
        case slot(Int)
        /// Made of the fields whose names begin with this.
        case compound(String)
    }

    let name: String
    let kind: Kind
    var length = 0
    /// Objects that a reference may lead to.
    var targets: [String] = []
    /// What the reference is called in a path such as `Owner.Name`.
    var relationship: String?
    var compound: String?
    var isHTML = false
    var isCalculated = false
    var isFilterable = true
    var isNillable = true
    var source = Source.slot(0)

    init(_ name: String, _ kind: Kind, _ length: Int = 0) {
        (self.name, self.kind, self.length) = (name, kind, length)
    }

    var isCustom: Bool { name.hasSuffix("__c") }
    var isPolymorphic: Bool { targets.count > 1 }
    var isSortable: Bool { isFilterable && kind != .multipicklist }
    /// Two of them in one query make its pages small.
    var isCustomLongText: Bool { isCustom && kind == .textarea && length > 255 }

    /// `Service Notes` for `Service_Notes__c` and for `ServiceNotes`.
    var label: String {
        let plain = isCustom ? String(name.dropLast(3)) : name
        var label = ""
        for character in plain {
            if character == "_" {
                label += " "
            } else {
                let follows = label.last?.isLowercase == true
                label += character.isUppercase && follows ? " \(character)" : "\(character)"
            }
        }
        return label
    }

    // Kinds by which the schema is written.

    static func string(_ name: String, _ length: Int = 255) -> CRMField {
        CRMField(name, .string, length)
    }

    static func choice(_ name: String) -> CRMField { CRMField(name, .picklist, 255) }

    static func flag(_ name: String) -> CRMField {
        var field = CRMField(name, .boolean)
        field.isNillable = false
        return field
    }

    /// A text too long to be asked for in a condition.
    static func long(_ name: String, _ length: Int = 32_000, html: Bool = false) -> CRMField {
        var field = CRMField(name, .textarea, length)
        (field.isFilterable, field.isHTML) = (false, html)
        return field
    }

    static func reference(_ name: String, to targets: String..., as path: String) -> CRMField {
        var field = CRMField(name, .reference, 18)
        (field.targets, field.relationship) = (targets, path)
        return field
    }

    static func part(_ name: String, of compound: String, _ kind: Kind = .string) -> CRMField {
        var field = CRMField(name, kind, kind == .double ? 0 : 255)
        field.compound = compound
        return field
    }

    /// A postal address and the fields it is made of.
    static func address(_ prefix: String) -> [CRMField] {
        let compound = prefix + "Address"
        var whole = CRMField(compound, .address)
        (whole.isFilterable, whole.source) = (false, .compound(prefix))
        return [
            part(prefix + "Street", of: compound, .textarea), part(prefix + "City", of: compound),
            part(prefix + "State", of: compound), part(prefix + "PostalCode", of: compound),
            part(prefix + "Country", of: compound),
            part(prefix + "Latitude", of: compound, .double),
            part(prefix + "Longitude", of: compound, .double),
            part(prefix + "GeocodeAccuracy", of: compound, .picklist), whole,
        ]
    }
}
