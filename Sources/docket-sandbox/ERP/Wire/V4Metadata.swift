/// The schema of a service of version 4 (CSDL 4.0).
struct V4Metadata {
    let service: ERPService

    var text: String {
        let types = service.sets.map(entityType)
        let sets = service.sets.map { set in
            let bindings = set.navigations.map {
                "<NavigationPropertyBinding Path=\"\($0.name)\" Target=\"\($0.target)\"/>"
            }
            return "<EntitySet Name=\"\(set.name)\" EntityType=\"\(service.namespace)."
                + "\(set.typeName)\">\(bindings.joined())</EntitySet>"
        }
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
            <edmx:DataServices>
            <Schema Namespace="\(service.namespace)" \
            xmlns="http://docs.oasis-open.org/odata/ns/edm">
            \(types.joined(separator: "\n"))
            <EntityContainer Name="Container">
            \(sets.joined(separator: "\n"))
            </EntityContainer></Schema></edmx:DataServices></edmx:Edmx>

            """
    }

    private func entityType(_ set: ERPEntitySet) -> String {
        let keys = set.keyNames.map { "<PropertyRef Name=\"\($0)\"/>" }
        let properties = set.properties.map { property in
            var text =
                "<Property Name=\"\(property.name)\" Type=\"Edm.\(property.type.nameInV4)\""
            if property.isKey { text += " Nullable=\"false\"" }
            switch (property.type, property.length) {
            case (.string, let length?): text += " MaxLength=\"\(length)\""
            case (.decimal, let precision?): text += " Precision=\"\(precision)\""
            case (.dateTimeOffset, _): text += " Precision=\"7\""
            default: break
            }
            if let scale = property.scale { text += " Scale=\"\(scale)\"" }
            return text + "/>"
        }
        let navigations = set.navigations.map { navigation in
            let target = service.set(navigation.target)?.typeName ?? ""
            let type = "\(service.namespace).\(target)"
            return "<NavigationProperty Name=\"\(navigation.name)\" Type=\""
                + (navigation.isToMany ? "Collection(\(type))" : type) + "\"/>"
        }
        let stream = set.isMedia ? " HasStream=\"true\"" : ""
        return "<EntityType Name=\"\(set.typeName)\"\(stream)><Key>\(keys.joined())</Key>\n"
            + (properties + navigations).joined(separator: "\n") + "</EntityType>"
    }
}
