import Foundation

extension [Double] {
    /// The middle one in order of size, the upper one of two; not a number where there is none.
    var median: Double { isEmpty ? .nan : sorted()[count / 2] }
}

extension Double {
    /// The nearest number that has so many significant digits.
    func rounded(digits: Int) -> Double {
        guard isFinite, self != 0 else { return self }
        return Double(String(format: "%.\(digits)g", self)) ?? self
    }
}
