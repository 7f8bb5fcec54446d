/// One turn of a conversation with a model.
package struct ChatMessage: Equatable, Sendable {
    package enum Role: String, CaseIterable, Sendable {
        /// The operator, who says what the model is for.
        case system
        /// The one who asks; documents are in these messages.
        case user
        /// The model itself.
        case assistant
    }

    package let role: Role
    package let content: String

    package init(role: Role, content: String) {
        (self.role, self.content) = (role, content)
    }
}
