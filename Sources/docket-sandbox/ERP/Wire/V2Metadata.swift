/// The schema of a service of version 2 (EDMX 1.0, CSDL 2.0, with SAP's own attributes).
struct V2Metadata {
    let service: ERPService
    let namespace: String
    let language: String
    /// What stands for the namespace of the envelope.
    let prefix: String

    var text: String {
        let types = service.sets.map(entityType)
        let associations = service.sets.flatMap { set in
            set.navigations.map { association($0, of: set) }
        }
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <\(prefix):Edmx Version="1.0" \
            xmlns:\(prefix)="http://schemas.microsoft.com/ado/2007/06/edmx" \
            xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
            xmlns:sap="http://www.sap.com/Protocols/SAPData">
            <\(prefix):DataServices m:DataServiceVersion="2.0">
            <Schema Namespace="\(namespace)" xml:lang="\(language.lowercased())" \
            sap:schema-version="1" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
            \(types.joined(separator: "\n"))
            \(associations.joined(separator: "\n"))
            \(container)
            </Schema></\(prefix):DataServices></\(prefix):Edmx>

            """
    }

    private func entityType(_ set: ERPEntitySet) -> String {
        let keys = set.keyNames.map { "<PropertyRef Name=\"\($0)\"/>" }
        let properties = set.properties.map(property)
        let navigations = set.navigations.map { navigation in
            let name = associationName(navigation, of: set)
            return "<NavigationProperty Name=\"\(navigation.name)\" "
                + "Relationship=\"\(namespace).\(name)\" FromRole=\"From_\(name)\" "
                + "ToRole=\"To_\(name)\"/>"
        }
        let stream = set.isMedia ? " m:HasStream=\"true\"" : ""
        return
            "<EntityType Name=\"\(set.typeName)\"\(stream) sap:content-version=\"1\"><Key>"
            + keys.joined() + "</Key>\n" + (properties + navigations).joined(separator: "\n")
            + "</EntityType>"
    }

    private func property(_ property: ERPProperty) -> String {
        var text = "<Property Name=\"\(property.name)\" Type=\"Edm.\(property.type.rawValue)\""
        if property.isKey { text += " Nullable=\"false\"" }
        switch (property.type, property.length) {
        case (.string, let length?): text += " MaxLength=\"\(length)\""
        case (.decimal, let precision?): text += " Precision=\"\(precision)\""
        case (.dateTime, _), (.time, _): text += " Precision=\"0\""
        case (.dateTimeOffset, _): text += " Precision=\"7\""
        default: break
        }
        if let scale = property.scale { text += " Scale=\"\(scale)\"" }
        let label = language == "DE" ? "\(property.label) (DE)" : property.label
        text += " sap:label=\"\(XMLText.escaped(label))\""
        for annotation in property.annotations {
            text += " sap:\(annotation.name)=\"\(annotation.value)\""
        }
        return text + "/>"
    }

    private func associationName(_ navigation: ERPNavigation, of set: ERPEntitySet) -> String {
        "assoc_\(set.name)_\(navigation.name)"
    }

    private func association(_ navigation: ERPNavigation, of set: ERPEntitySet) -> String {
        guard let target = service.set(navigation.target) else { return "" }
        let name = associationName(navigation, of: set)
        let multiplicity = navigation.isToMany ? "*" : "0..1"
        return
            "<Association Name=\"\(name)\" sap:content-version=\"1\">"
            + "<End Type=\"\(namespace).\(set.typeName)\" "
            + "Multiplicity=\"\(navigation.isToMany ? "1" : "*")\" Role=\"From_\(name)\"/>"
            + "<End Type=\"\(namespace).\(target.typeName)\" Multiplicity=\"\(multiplicity)\" "
            + "Role=\"To_\(name)\"/></Association>"
    }

    private var container: String {
        let sets = service.sets.map { set in
            let restriction = set.requiresFilter ? " sap:requires-filter=\"true\"" : ""
            return "<EntitySet Name=\"\(set.name)\" EntityType=\"\(namespace).\(set.typeName)\" "
                + "sap:creatable=\"false\" sap:pageable=\"true\" sap:countable=\"true\""
                + "\(restriction) sap:content-version=\"1\"/>"
        }
        let associations = service.sets.flatMap { set in
            set.navigations.map { navigation in
                let name = associationName(navigation, of: set)
                return "<AssociationSet Name=\"\(name)_set\" Association=\"\(namespace).\(name)\">"
                    + "<End EntitySet=\"\(set.name)\" Role=\"From_\(name)\"/>"
                    + "<End EntitySet=\"\(navigation.target)\" Role=\"To_\(name)\"/>"
                    + "</AssociationSet>"
            }
        }
        let lines = sets + associations + [functions]
        return
            "<EntityContainer Name=\"\(namespace)_Entities\" m:IsDefaultEntityContainer=\"true\">"
            + lines.joined(separator: "\n") + "</EntityContainer>"
    }

    private var functions: String {
        func parameters(_ names: [String]) -> String {
            names.map { "<Parameter Name=\"\($0)\" Type=\"Edm.String\" Mode=\"In\"/>" }.joined()
        }
        guard service.set("AttachmentContentSet") != nil else { return "" }
        return "<FunctionImport Name=\"GetAllOriginals\" EntitySet=\"AttachmentContentSet\" "
            + "ReturnType=\"Collection(\(namespace).AttachmentContent)\" m:HttpMethod=\"GET\">"
            + parameters(["BusinessObjectTypeName", "LinkedSAPObjectKey"]) + "</FunctionImport>"
    }
}
