/// What a recipe needs to know of a document.
struct Subject: Sendable {
    let title: String
    let body: String
    let author: String?
    let language: String?
}
