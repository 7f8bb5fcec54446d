extension Limits {
    /// Credentials that were refused for good are not sent again before this.
    static let refusalWait: Duration = .seconds(15 * 60)
    /// More tokens than `renewalsMax` that are refused within `renewalWindow` are a setting that
    /// no renewal mends: there is none for `renewalPause`.
    static let renewalsMax = 10
    static let renewalWindow: Duration = .seconds(10 * 60)
    static let renewalPause: Duration = .seconds(15 * 60)
    /// In seconds from now; how long an assertion for the client itself is good.
    static let clientAssertionLifetime = 600
    /// In seconds from now; more than three minutes are refused where a user's name is in it.
    static let userAssertionLifetime = 180
    /// In seconds; a `Date` is exact to one.
    static let clockDifferenceMin = 2.0
    /// In seconds; a clock that is wrong by more is for a person to set.
    static let clockDifferenceMax = 86_400.0
}
