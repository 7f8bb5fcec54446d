import JSON

/// What describe tells of the objects.
struct CRMDescription {
    let hidden: Set<String>
    let base: String

    func summary(of object: CRMObject) -> JSON {
        [
            "name": .string(object.name), "label": .string(label(object)),
            "labelPlural": .string(plural(object)), "keyPrefix": .string(object.keyPrefix),
            "activateable": false, "createable": true, "custom": .bool(object.isCustom),
            "customSetting": false, "deletable": true, "deprecatedAndHidden": false,
            "feedEnabled": false, "hasSubtypes": false, "layoutable": true, "mergeable": false,
            "mruEnabled": true, "queryable": true, "replicateable": .bool(object.isReplicateable),
            "retrieveable": true, "searchable": true, "triggerable": true,
            "undeletable": .bool(object.field("IsDeleted") != nil), "updateable": true,
            "urls": urls(object),
        ]
    }

    func description(of object: CRMObject) -> JSON {
        let planner = SOQLPlanner(hidden: hidden)
        let fields = object.fields.filter { planner.isVisible($0, of: object) }
        let children = CRMSchema.children(of: object.name).map { child -> JSON in
            [
                "cascadeDelete": false,
                "childSObject": .string(CRMSchema.objects[child.object].name),
                "deprecatedAndHidden": false, "field": .string(child.field),
                "junctionIdListNames": [], "junctionReferenceTo": [],
                "relationshipName": child.relationship.map { .string($0) } ?? .null,
                "restrictedDelete": false,
            ]
        }
        return summary(of: object).merging([
            "childRelationships": .array(children),
            "fields": .array(fields.map { field($0, object) }), "recordTypeInfos": [],
            "supportedScopes": [["label": "All", "name": "everything"]],
        ])
    }

    private func field(_ field: CRMField, _ object: CRMObject) -> JSON {
        let isName = field.name == object.nameField
        let isMade = field.isCalculated || field.source != .slot(slot(field))
        let extra: JSON =
            field.isHTML ? "richtextarea" : field.kind == .textarea ? "plaintextarea" : .null
        return [
            "name": .string(field.name), "type": .string(field.kind.rawValue),
            "label": .string(field.label), "length": JSON(field.length),
            "byteLength": JSON(field.length * 3), "soapType": .string(soapType(field)),
            "nillable": .bool(field.isNillable), "filterable": .bool(field.isFilterable),
            "sortable": .bool(field.isSortable), "groupable": .bool(field.isFilterable),
            "createable": .bool(!isMade), "updateable": .bool(!isMade),
            "calculated": .bool(field.isCalculated), "custom": .bool(field.isCustom),
            "nameField": .bool(isName), "namePointing": .bool(field.isPolymorphic),
            "polymorphicForeignKey": .bool(field.isPolymorphic),
            "referenceTo": .array(field.targets.map { .string($0) }),
            "relationshipName": field.relationship.map { .string($0) } ?? .null,
            "compoundFieldName": field.compound.map { .string($0) } ?? .null,
            "extraTypeInfo": extra, "htmlFormatted": .bool(field.isHTML), "picklistValues": [],
            "idLookup": .bool(field.kind == .id || isName), "unique": false,
            "externalId": false, "encrypted": false, "deprecatedAndHidden": false,
        ]
    }

    private func slot(_ field: CRMField) -> Int {
        if case .slot(let slot) = field.source { slot } else { -1 }
    }

    private func soapType(_ field: CRMField) -> String {
        switch field.kind {
        case .id, .reference: "tns:ID"
        case .boolean: "xsd:boolean"
        case .int: "xsd:int"
        case .double, .currency: "xsd:double"
        case .date: "xsd:date"
        case .datetime: "xsd:dateTime"
        case .base64: "xsd:base64Binary"
        case .address: "urn:address"
        default: "xsd:string"
        }
    }

    private func label(_ object: CRMObject) -> String {
        object.name == "Knowledge__kav"
            ? "Knowledge" : CRMField(object.name, .string).label
    }

    private func plural(_ object: CRMObject) -> String {
        object.plural.hasSuffix("__r") ? String(object.plural.dropLast(3)) : object.plural
    }

    private func urls(_ object: CRMObject) -> JSON {
        let path = "\(base)/sobjects/\(object.name)"
        return [
            "sobject": .string(path), "describe": .string(path + "/describe"),
            "rowTemplate": .string(path + "/{ID}"),
        ]
    }
}
