import JSON

/// The permissions an administrator gave the application, as far as drives are concerned.
struct DriveGrants: Sendable {
    static let all = ["Files.Read.All", "Sites.Read.All", "Sites.FullControl.All"]

    var names = Set(Self.all)

    /// - Throws: ``GraphError`` 403 where the application may not ask for this.
    func check(_ route: DriveRoute) throws(GraphError) {
        let isOfSites =
            switch route {
            case .sites, .site, .drives(.site), .drive(.site): true
            default: false
            }
        let wanted = isOfSites ? Self.all.dropFirst() : Self.all[...]
        guard wanted.contains(where: names.contains) else { throw .driveDenied }
    }
}
