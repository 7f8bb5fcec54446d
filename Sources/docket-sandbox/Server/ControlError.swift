/// A refusal of the control interface.
struct ControlError: Error {
    let message: String
    let status: Int

    init(_ message: String, status: Int = 400) { (self.message, self.status) = (message, status) }
}
