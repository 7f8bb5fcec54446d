/// The sequences of tokens to compute for a set of labels, each with the labels it serves.
///
/// A label whose inputs are the beginning of another's needs no row of its own: a row depends on
/// the tokens before it alone. Labels that part ways after a common beginning do compute it
/// each: to share it, rows would have to attend to a tree instead of to a sequence.
package struct LabelPaths {
    package struct Path: Equatable {
        /// All but the last token of the longest label.
        package let inputs: ArraySlice<Int32>
        /// Indices of the labels whose inputs these begin with.
        package fileprivate(set) var labels: [Int]
    }

    /// Those with at least one input; labels of one token need none.
    package private(set) var paths: [Path] = []

    package init(_ labels: [[Int32]]) {
        let sorted = labels.indices.map { (label: $0, inputs: labels[$0].dropLast()) }
            .filter { !$0.inputs.isEmpty }
            .sorted { $0.inputs.lexicographicallyPrecedes($1.inputs) }
        // Whatever another begins with comes before it, so the longest are found from the end.
        for (label, inputs) in sorted.reversed() {
            if let last = paths.indices.last, paths[last].inputs.starts(with: inputs) {
                paths[last].labels.append(label)
            } else {
                paths.append(Path(inputs: inputs, labels: [label]))
            }
        }
    }

    /// Rows to compute.
    package var rowCount: Int { paths.reduce(0) { $0 + $1.inputs.count } }
}
