/// The recipes that are compiled into the program.
package enum RecipeFiles {
    /// File name and content of every recipe beside this file.
    package static let all: [(name: String, content: [UInt8])] = [
        ("summary.yaml", PackageResources.summary_yaml),
        ("tags.yaml", PackageResources.tags_yaml),
    ]
}
