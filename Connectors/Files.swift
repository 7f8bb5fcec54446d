/// The definitions that are compiled into the program.
package enum ConnectorFiles {
    /// File name and content of every definition beside this file.
    package static let all: [(name: String, content: [UInt8])] = [
        ("outlook.yaml", PackageResources.outlook_yaml)
    ]
}
