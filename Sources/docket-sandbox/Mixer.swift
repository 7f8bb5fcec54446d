/// A random-looking number that depends on nothing but its inputs.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (SplitMix64).
struct Mixer: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ inputs: UInt64...) {
        state = 0x9E37_79B9_7F4A_7C15
        for input in inputs {
            state = (state ^ input) &* 0xD134_2543_DE82_EF95
            state = next()
        }
    }

    /// The same as of a list of two, without the list.
    init(_ first: UInt64, _ second: UInt64) {
        state = 0x9E37_79B9_7F4A_7C15
        state = (state ^ first) &* 0xD134_2543_DE82_EF95
        state = next()
        state = (state ^ second) &* 0xD134_2543_DE82_EF95
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// `2f1b0c64-5a1e-4d3f-9c20-6f0d2c1ab7e5`.
    mutating func guid() -> String {
        var hex = ""
        for _ in 0..<2 {
            let digits = String(next(), radix: 16)
            hex += String(repeating: "0", count: 16 - digits.count) + digits
        }
        var text = ""
        for (index, digit) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(index == 12 ? "4" : index == 16 ? "a" : digit)
        }
        return text
    }
}
