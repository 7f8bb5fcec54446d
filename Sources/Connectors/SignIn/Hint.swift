/// What a refusal of the token endpoint means for whoever has to mend it; a definition's data.
package struct Hint: Sendable, Equatable {
    /// An error code or a part of an error text, found in any case.
    package let fragment: String
    /// The permission or setting that is missing, and where it is given.
    package let remedy: String

    package init(fragment: String, remedy: String) {
        (self.fragment, self.remedy) = (fragment, remedy)
    }

    func fits(_ text: String) -> Bool { text.lowercased().contains(fragment.lowercased()) }
}
