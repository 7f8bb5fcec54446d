/// The definitions that are compiled into the program.
package enum ConnectorFiles {
    /// File name and content of every definition beside this file.
    package static let all: [(name: String, content: [UInt8])] = [
        ("onedrive.yaml", PackageResources.onedrive_yaml),
        ("outlook.yaml", PackageResources.outlook_yaml),
        ("salesforce.yaml", PackageResources.salesforce_yaml),
        ("sap-idoc.yaml", PackageResources.sap_idoc_yaml),
        ("sap-odata.yaml", PackageResources.sap_odata_yaml),
    ]
}
