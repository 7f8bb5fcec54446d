/// A token as the token endpoint gave it.
struct GrantedToken: Equatable {
    let text: String
    /// Where the service is, if the answer says so; without a slash at its end.
    let serviceURL: String?
    /// From the request on, until it is better renewed.
    let usable: Duration
}
