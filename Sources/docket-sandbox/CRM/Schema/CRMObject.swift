/// A kind of record: its fields, and what the interface lets one do with it.
struct CRMObject: Sendable {
    let name: String
    /// How ids of its records begin.
    let keyPrefix: String
    let plural: String
    let fields: [CRMField]
    let nameField: String?
    /// Whether the feeds of deletions and updates tell of it.
    var isReplicateable = true
    /// Numbers of the fields by their names in lower case.
    let fieldNumbers: [String: Int]
    let slotCount: Int

    /// - Parameters:
    ///   - name: The name in queries.
    ///   - keyPrefix: Three characters.
    ///   - plural: The label of many.
    ///   - nameField: The field that names a record; nil where there is none.
    ///   - system: Which of the fields that every record has are told.
    ///   - fields: The object's own fields.
    init(
        _ name: String, _ keyPrefix: String, _ plural: String, nameField: String?,
        system: System = .all, _ fields: [CRMField]
    ) {
        (self.name, self.keyPrefix, self.plural) = (name, keyPrefix, plural)
        self.nameField = nameField
        var all = Self.systemFields(system)
        var slotCount = 0
        for var field in fields {
            if case .slot = field.source {
                field.source = .slot(slotCount)
                slotCount += 1
            }
            all.append(field)
        }
        self.fields = all
        self.slotCount = slotCount
        fieldNumbers = Dictionary(
            all.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { $1 })
    }

    /// Which fields that every record has the interface tells of.
    enum System: Sendable {
        case all
        /// Objects that are switched off and never deleted.
        case undeletable
        /// Links: nobody made or changed them.
        case bare
    }

    func field(_ name: String) -> CRMField? {
        fieldNumbers[name.lowercased()].map { fields[$0] }
    }

    /// The reference that a path calls by this name.
    func reference(_ relationship: String) -> CRMField? {
        let wanted = relationship.lowercased()
        return fields.first { $0.relationship?.lowercased() == wanted }
    }

    func slot(_ name: String) -> Int? {
        guard case .slot(let slot) = field(name)?.source else { return nil }
        return slot
    }

    var isCustom: Bool { name.hasSuffix("__c") }

    private static func systemFields(_ system: System) -> [CRMField] {
        func made(
            _ name: String, _ kind: CRMField.Kind, _ source: CRMField.Source
        ) -> CRMField {
            var field = CRMField(name, kind, kind == .id ? 18 : 0)
            (field.isNillable, field.source) = (false, source)
            return field
        }
        func person(_ name: String, _ path: String, _ source: CRMField.Source) -> CRMField {
            var field = CRMField.reference(name, to: "User", as: path)
            (field.isNillable, field.source) = (false, source)
            return field
        }
        var fields = [made("Id", .id, .id)]
        if system != .undeletable { fields.append(made("IsDeleted", .boolean, .isDeleted)) }
        if system != .bare {
            fields += [
                made("CreatedDate", .datetime, .createdAt),
                person("CreatedById", "CreatedBy", .createdBy),
                made("LastModifiedDate", .datetime, .modifiedAt),
                person("LastModifiedById", "LastModifiedBy", .modifiedBy),
            ]
        }
        return fields + [made("SystemModstamp", .datetime, .stamp)]
    }
}
