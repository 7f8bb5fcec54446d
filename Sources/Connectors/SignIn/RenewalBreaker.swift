import FoundationEssentials

/// Notices that no token is good, however often it is renewed: a value without a clock.
struct RenewalBreaker {
    private var refusals: [Date] = []

    /// Notes that a token was refused with which nobody was let in before.
    ///
    /// True where those of the last ``Limits/renewalWindow`` are more than
    /// ``Limits/renewalsMax``; counts from zero after that.
    mutating func trips(at now: Date) -> Bool {
        let oldest = now.addingTimeInterval(-(Limits.renewalWindow / .seconds(1)))
        refusals.removeAll { $0 <= oldest || $0 > now }
        refusals.append(now)
        guard refusals.count > Limits.renewalsMax else { return false }
        refusals = []
        return true
    }
}
