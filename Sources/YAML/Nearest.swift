/// The known name a mistyped one was probably meant to be.
///
/// - Parameters:
///   - name: What was written.
///   - names: What is known, in order of preference among equals.
/// - Returns: The closest, when it is close enough: a third of the letters may differ, three at
///   most; nil otherwise.
package func nearest(to name: String, among names: [String]) -> String? {
    let name = Array(name.lowercased())
    guard name.count <= Limits.comparedCharacters else { return nil }
    let threshold = min(3, max(1, name.count / 3))
    var best: (name: String, distance: Int)?
    for known in names where known.count <= Limits.comparedCharacters {
        let distance = editDistance(name, Array(known.lowercased()))
        if distance <= threshold, distance < best?.distance ?? .max { best = (known, distance) }
    }
    return best?.name
}

/// How many letters to insert, delete, replace or swap with their neighbour.
///
/// Damerau-Levenshtein in its restricted form: no letter is edited twice.
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let isSame = left[row] == right[column]
            var cost = min(
                last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
