extension Metadata {
    /// As ``string(_:)``, for keys a model can not do without.
    package func requiredString(_ key: String) throws(ModelError) -> String {
        try required(key, try string(key))
    }

    /// As ``integer(_:in:)``, for keys a model can not do without.
    package func requiredInteger(
        _ key: String, in range: ClosedRange<Int>
    ) throws(ModelError) -> Int {
        try required(key, try integer(key, in: range))
    }

    /// As ``float(_:in:)``, for keys a model can not do without.
    package func requiredFloat(
        _ key: String, in range: ClosedRange<Float>
    ) throws(ModelError) -> Float {
        try required(key, try float(key, in: range))
    }

    /// As ``integers(_:in:)``, for keys a model can not do without.
    package func requiredIntegers(
        _ key: String, in range: ClosedRange<Int>
    ) throws(ModelError) -> [Int] {
        try required(key, try integers(key, in: range))
    }

    /// As ``floats(_:)``, for keys a model can not do without.
    package func requiredFloats(_ key: String) throws(ModelError) -> [Float] {
        try required(key, try floats(key))
    }

    /// As ``count(_:)``, for keys a model can not do without.
    package func requiredCount(_ key: String) throws(ModelError) -> Int {
        try required(key, try count(key))
    }

    /// Refuses a list whose length is not in `range`.
    func check(_ count: Int, in range: ClosedRange<Int>, key: String) throws(ModelError) {
        guard range.contains(count) else {
            throw .outOfRange(
                path: path, key: key, value: "\(count) long",
                allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
    }

    private func required<Value>(_ key: String, _ value: Value?) throws(ModelError) -> Value {
        guard let value else { throw .missingKey(path: path, key: key) }
        return value
    }
}
