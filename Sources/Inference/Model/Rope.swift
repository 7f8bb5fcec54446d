import Glibc

/// How positions turn the heads' elements: rotary position embedding, and its stretching.
package struct Rope: Equatable, Sendable {
    /// Base of the frequencies' geometric series.
    package let base: Float
    /// Elements of a head that are rotated; even.
    package let width: Int
    /// Divisor of positions.
    var scale: Float = 1
    /// Factor on cosines and sines.
    var amplitude: Float = 1
    /// Elements at which the stretching sets in and is complete, nil when it is the same for all.
    ///
    /// Frequencies that turn often within the original context stay as they are; those that
    /// turn less than once are stretched; between them the two are mixed.
    ///
    /// Source: YaRN, arXiv:2309.00071, section 3.2.
    var ramp: ClosedRange<Double>?

    package init(base: Float, width: Int) { (self.base, self.width) = (base, width) }

    /// Stretches by `factor` in the manner of YaRN.
    ///
    /// - Parameters:
    ///   - factor: At least 1.
    ///   - originalContextLength: Positions the model was trained for before it was stretched.
    mutating func stretch(by factor: Float, originalContextLength: Int) {
        /// The element whose frequency turns so many times within the original context.
        func element(turns: Double) -> Double {
            Double(width) * log(Double(originalContextLength) / (turns * 2 * .pi))
                / (2 * log(Double(base)))
        }
        scale = factor
        amplitude *= 1 + 0.1 * logf(factor)
        let first = max(0, element(turns: 32).rounded(.down))
        ramp = first...max(first, min(Double(width - 1), element(turns: 1).rounded(.up)))
    }

    /// Angle between one position and the next for each pair of elements, divided by `divisors`
    /// if there are any, `width / 2` of them.
    func frequencies(divisors: [Float]?) -> [Double] {
        (0..<width / 2).map { index in
            let plain =
                pow(Double(base), -2 * Double(index) / Double(width))
                / Double(divisors?[index] ?? 1)
            let stretched = plain / Double(scale)
            guard let ramp else { return stretched }
            let length = max(0.001, ramp.upperBound - ramp.lowerBound)
            let share = min(1, max(0, (Double(index) - ramp.lowerBound) / length))
            return stretched * share + plain * (1 - share)
        }
    }
}
