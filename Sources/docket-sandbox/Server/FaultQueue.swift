/// Faults in the order they were asked for.
struct FaultQueue: Sendable {
    private(set) var faults: [Fault] = []
    private(set) var struckCount = 0

    mutating func append(_ fault: Fault) { faults.append(fault) }

    mutating func removeAll() { faults = [] }

    /// The first fault that is due for this request; it counts as having struck.
    ///
    /// The target is path and query, as sent.
    mutating func next(for target: String) -> Fault.Effect? {
        for index in faults.indices where faults[index].matches(target) {
            guard faults[index].skip == 0 else {
                faults[index].skip -= 1
                continue
            }
            let effect = faults[index].effect
            if let count = faults[index].count {
                if count <= 1 { faults.remove(at: index) } else { faults[index].count = count - 1 }
            }
            struckCount += 1
            return effect
        }
        return nil
    }
}
