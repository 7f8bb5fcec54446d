/// What a model was asked, and what it answered as it did.
package struct Exchange: Sendable, Equatable {
    package struct Message: Sendable, Equatable {
        /// `system`, `user` or `assistant`.
        package let role: String
        package let content: String

        package init(role: String, content: String) { (self.role, self.content) = (role, content) }
    }

    package let messages: [Message]
    package let output: String

    package init(messages: [Message], output: String) {
        (self.messages, self.output) = (messages, output)
    }
}
