/// The recipes that are compiled into the program.
package enum RecipeFiles {
    /// File name and content of every recipe beside this file.
    package static let all: [(name: String, content: [UInt8])] = [
        ("feedback.yaml", PackageResources.feedback_yaml),
        ("product-sheet.yaml", PackageResources.product_sheet_yaml),
        ("reply-draft.yaml", PackageResources.reply_draft_yaml),
        ("seo.yaml", PackageResources.seo_yaml),
        ("summary.yaml", PackageResources.summary_yaml),
        ("tags.yaml", PackageResources.tags_yaml),
        ("thread.yaml", PackageResources.thread_yaml),
        ("transcript.yaml", PackageResources.transcript_yaml),
    ]
}
